/* The browser of this machine, told of a link without anybody else reading it. */
#ifndef CLI_BROWSER_H
#define CLI_BROWSER_H

struct browser;

/* Opens `link` with xdg-open. Arguments of a program can be read by everybody on the machine, and the link is a key:
 * what is opened is a page in a folder of one's own that leads there. NULL where there is no browser to be had; the
 * link was printed. */
struct browser *browser_open(const char *link);

/* Removes that page. NULL is fine. */
void browser_done(struct browser *b);

#endif
