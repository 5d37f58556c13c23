/* Every bound on what a stranger can make the program hold or do, in one place.
 *
 * Input over a limit is refused with a sentence that names the limit. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_TEXT (UINT64_C(2) << 30)   /* bytes of notation in one text, and in one case */
#define LIMIT_LINE (8u << 20)            /* bytes in one line of notation */
#define LIMIT_WORDS 65536u               /* words in one entry with its attributes */
#define LIMIT_ID 64u                     /* bytes in an id */
#define LIMIT_DRAFT (1u << 20)           /* bytes of one article's draft */
#define LIMIT_DRAFT_BRACKETS 20000u      /* '[' in one draft: CommonMark looks at each for all before it */
#define LIMIT_MARKS 64u                  /* combining marks on one letter */
#define LIMIT_FAULTS 10000u              /* faults reported in full; more are counted */
#define LIMIT_NEAREST 20000000u          /* ids looked at for the likeliest mends of one text */
#define LIMIT_RINGS 64u                  /* rings of `of` reported in one run */
#define LIMIT_CONTRADICT 100u            /* claims in one `contradict`: every two of them are a pair */
#define LIMIT_BATCH (64u << 20)          /* bytes of one sealed batch */
#define LIMIT_PASSPHRASE 4096u           /* bytes */
#define LIMIT_ASKED_SMALL (64u << 10)    /* bytes in the body of a small request to the desk */
#define LIMIT_ASKED_DRAFT (8u << 20)     /* in one that brings a draft: LIMIT_DRAFT, escaped */
#define LIMIT_ASKED_TEXT (64u << 20)     /* in one that brings notation */
#define LIMIT_ASKED_ALL (256u << 20)     /* in all of them that are under way at once */
#define LIMIT_GUESTS 512u                /* connections to the desk at once */
#define LIMIT_GUEST_SECONDS 15u          /* until a connection has to have said what it wants, and between two bytes */
#define LIMIT_SLOT (2u << 20)            /* bytes in one slot of a case file: a draft that is kept, sealed and padded */
#define LIMIT_KEPT (1u << 20)            /* bytes of one draft or form that is kept in a case file */
#define LIMIT_KEPTS 4096u                /* drafts and forms kept in one case file */
#define LIMIT_KEPT_NAME 128u             /* bytes of the name of one */
#define LIMIT_SLOTS (4u << 20)           /* slots in one case file */
#define LIMIT_BATCHES (16u << 20)        /* batches in one case file */
#define LIMIT_DEVICES 256u               /* devices that write to one case */
#define LIMIT_PASSES 32u                 /* Argon2id passes that a case file may ask for */
#define LIMIT_PASS_MEMORY (2u << 20)     /* KiB of memory that Argon2id may be asked to use: 2 GiB */
#define LIMIT_MEDIA (256u << 20)         /* bytes in a picture's or a sound's file */
#define LIMIT_PIXELS 100000000u          /* in one picture */
#define LIMIT_SOUND_SECONDS (4u * 3600)  /* of one sound */
#define LIMIT_MEDIA_MEMORY (2048u << 20) /* bytes that making one of them ready may take */
#define LIMIT_MEDIA_CPU 900u             /* seconds of processor time for that */
#define LIMIT_MEDIA_WAIT 1800u           /* seconds until whoever waits for it gives up */
#define LIMIT_PARSE_INPUT (256u << 20)   /* bytes of a stranger's file that is read whole: all but archives and sound */
#define LIMIT_PARSE_TEXT (64u << 20)     /* bytes of text read from one file */
#define LIMIT_PARSE_PAGES 20000u         /* pages read of one document */
#define LIMIT_PARSE_OCR_PAGES 200u       /* pages of one document that words are read off as off a picture */
#define LIMIT_PARSE_FACTS 500u           /* facts (author, camera…) about one file */
#define LIMIT_PARSE_NESTING 256u         /* elements of a document, or parts of a mail, within each other */
#define LIMIT_PARSE_DEPTH 8u             /* files within files within files */
#define LIMIT_PARSE_CHILDREN 100000u     /* files in one archive, mailbox or mail */
#define LIMIT_PARSE_OUT (UINT64_C(16) << 30)  /* bytes of all of them */
#define LIMIT_PARSE_RATIO 200u                /* how much larger they may be than what they came in, beyond 64 MiB */
#define LIMIT_PARSE_SECONDS (24u * 3600)      /* of sound whose peaks are taken */
#define LIMIT_PARSE_MEMORY (2048u << 20)      /* bytes of address space that reading one file may take */
#define LIMIT_PARSE_CPU 900u                  /* seconds of processor time for that */
#define LIMIT_PARSE_WAIT 1800u                /* seconds until whoever waits for it gives up */
#define LIMIT_QUERY 4096u                     /* bytes of what is looked for */
#define LIMIT_QUERY_WORDS 64u                 /* words of it */
#define LIMIT_SEARCHED (UINT64_C(4) << 30)    /* bytes of text that one index holds */
#define LIMIT_SEARCHED_UNITS (64u << 20)      /* pieces of text in it */
#define LIMIT_TRANSCRIPT (64u << 20)          /* bytes of a transcript */
#define LIMIT_TRANSCRIPT_LINES 1000000u       /* lines in it */
#define LIMIT_TRANSCRIPT_JSON (32u << 20)     /* bytes of a transcript in JSON, which takes ten times that to read */
#define LIMIT_DERIVED (256u << 20)            /* bytes of one text that was derived from a file */
#define LIMIT_WALK 100000u                    /* files that one `take` walks, in folders and in archives */
#define LIMIT_WALK_DEPTH 32u                  /* folders in folders */
#define LIMIT_NEST_BYTES (UINT64_C(64) << 30) /* bytes that one archive may hold, archives in it included */

#endif
