/* Invented names and articles: see invented.h. A family name is two syllables and an ending, in each script. */
#include "invented.h"

#include <stdio.h>

static const char *const syllables[][IN_SCRIPTS] = {
    {"ka", "ка", "كا", "קא"},     {"zo", "зо", "زو", "זו"},     {"mir", "мир", "مير", "מיר"},
    {"tal", "тал", "تال", "טל"},  {"bek", "бек", "بيك", "בק"},  {"rus", "рус", "روس", "רוס"},
    {"dor", "дор", "دور", "דור"}, {"lin", "лин", "لين", "לין"}, {"sha", "ша", "شا", "שא"},
    {"ver", "вер", "فير", "ויר"}, {"gol", "гол", "غول", "גול"}, {"nar", "нар", "نار", "נאר"},
    {"pet", "пет", "بيت", "פט"},  {"yak", "як", "ياك", "יאק"},  {"hol", "хол", "هول", "הול"},
    {"sev", "сев", "سيف", "סב"},  {"kur", "кур", "كور", "קור"}, {"tim", "тим", "تيم", "טים"},
    {"bur", "бур", "بور", "בור"}, {"chi", "чи", "تشي", "צ'י"},  {"fal", "фал", "فال", "פל"},
    {"gri", "гри", "غري", "גרי"}, {"zhu", "жу", "جو", "ז'ו"},   {"os", "ос", "أوس", "אוס"},
    {"ul", "ул", "أول", "אול"},   {"ham", "хам", "حام", "חם"},  {"ras", "рас", "راس", "ראס"},
    {"sko", "ско", "سكو", "סקו"},
};
static const char *const endings[][IN_SCRIPTS] = {
    {"ov", "ов", "وف", "וב"},         {"ev", "ев", "يف", "ב"},         {"in", "ин", "ين", "ין"},
    {"enko", "енко", "ينكو", "נקו"},  {"yan", "ян", "يان", "יאן"},     {"sky", "ский", "سكي", "סקי"},
    {"man", "ман", "مان", "מן"},      {"berg", "берг", "بيرغ", "ברג"}, {"ovich", "ович", "وفيتش", "וביץ'"},
    {"idze", "идзе", "يدزي", "ידזה"},
};
static const char *const given[][IN_SCRIPTS] = {
    {"Anna", "Анна", "آنا", "אנה"},
    {"Alisher", "Алишер", "عليشير", "אלישר"},
    {"Boris", "Борис", "بوريس", "בוריס"},
    {"David", "Давид", "داود", "דוד"},
    {"Edrin", "Эдрин", "إدرين", "אדרין"},
    {"Fatima", "Фатима", "فاطمة", "פאטמה"},
    {"Gulnara", "Гульнара", "غولنارا", "גולנרה"},
    {"Hasan", "Хасан", "حسن", "חסן"},
    {"Irina", "Ирина", "إيرينا", "אירינה"},
    {"Karim", "Карим", "كريم", "כרים"},
    {"Leila", "Лейла", "ليلى", "לילה"},
    {"Maria", "Мария", "ماريا", "מריה"},
    {"Nodir", "Нодир", "نادر", "נודיר"},
    {"Olga", "Ольга", "أولغا", "אולגה"},
    {"Pavel", "Павел", "بافل", "פאבל"},
    {"Rustam", "Рустам", "رستم", "רוסטם"},
    {"Sofia", "София", "صوفيا", "סופיה"},
    {"Timur", "Тимур", "تيمور", "טימור"},
    {"Vera", "Вера", "فيرا", "ורה"},
    {"Yusuf", "Юсуф", "يوسف", "יוסוף"},
    {"Maro", "Маро", "مارو", "מארו"},
    {"Tessa", "Тесса", "تيسا", "טסה"},
    {"Zamira", "Замира", "زميرة", "זמירה"},
    {"Oskel", "Оскел", "أوسكل", "אוסקל"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

uint32_t invented_draw(uint64_t *state, uint32_t most)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % most);
}

/* The first letter of a family name as a capital: of Latin letters and of Russian ones. */
static void capital(char *name)
{
    unsigned char *at = (unsigned char *)name;
    if (at[0] >= 'a' && at[0] <= 'z')
        at[0] = (unsigned char)(at[0] - 32);
    else if (at[0] == 0xd0 && at[1] >= 0xb0)
        at[1] = (unsigned char)(at[1] - 0x20);
    else if (at[0] == 0xd1 && at[1] < 0x90)
        at[0] = 0xd0, at[1] = (unsigned char)(at[1] + 0x20);
}

void invented_make(uint64_t *state, struct invented *out)
{
    uint32_t g = invented_draw(state, COUNT(given)), a = invented_draw(state, COUNT(syllables));
    uint32_t b = invented_draw(state, COUNT(syllables)), e = invented_draw(state, COUNT(endings));
    for (int s = 0; s < IN_SCRIPTS; s++) {
        snprintf(out->given[s], sizeof out->given[s], "%s", given[g][s]);
        snprintf(out->family[s], sizeof out->family[s], "%s%s%s", syllables[a][s], syllables[b][s], endings[e][s]);
        capital(out->family[s]);
    }
}

void invented_full(const struct invented *name, int script, struct buffer *out)
{
    buffer_format(out, "%s %s", name->given[script], name->family[script]);
}

const char *const invented_articles[] = {
    /* English */
    "The ferry that never sailed. On a wet Thursday in May, Margaret Hollis waited with two hundred others on the quay "
    "at "
    "Port Wexley for a boat that had been sold eleven days before. Nobody had told the passengers; nobody, it turns "
    "out, "
    "had told the crew. \"We had loaded the cars,\" says Daniel Prew, the second engineer. \"Then a young man in a "
    "suit came "
    "aboard and asked for the keys.\" The council's finance committee, chaired by Ruth Amberley, had approved the sale "
    "in "
    "a closed session. Its minutes run to four lines. The buyer, Northern Light Holdings, is registered in a house "
    "above a "
    "bakery in Eastmoor, and its only director, Colin Strand, did not answer letters sent by recorded post. Hope faded "
    "by "
    "evening. A rose-grower from the island, Mrs Young, had a van full of flowers for a wedding. They were dead by "
    "Saturday. "
    "According to figures seen by this newspaper, the vessel fetched 1.4 million, a third of what a surveyor, Peter "
    "Lund of "
    "Lund & Daughters, had put it at in January 2029. Mr Strand's brother-in-law, George Faraday, sits on the council. "
    "He says "
    "he will comment when the auditors have finished. Will Mark and Bill Grace, who run the island's shop, stay open? "
    "\"Ask me "
    "in the autumn,\" Bill said. The minister, Helen Ashdown, told the Commons on 12 June that lessons would be "
    "learned. The "
    "phone number given for enquiries, 01632 960 441, rang out. A nurse at the clinic, who asked not to be named, said "
    "that two "
    "appointments in three had been missed since. The harbour office keeps a book; page 214 is torn out. Thomas Wren, "
    "who "
    "has piloted ships into Wexley for thirty years, put it simply: the ferry was the road, and someone sold the road.",
    /* Russian */
    "Мост, которого нет. Весной прошлого года губернатор области Николай Дроздовский перерезал красную ленту у въезда "
    "на новый "
    "мост через реку Сожу. На фотографиях видны оркестр, дети с цветами и начальник строительства Виктор Пахомцев в "
    "белой "
    "каске. Через две недели движение закрыли: опоры просели на одиннадцать сантиметров. Жители деревни Заречье снова "
    "ездят в "
    "объезд, сорок километров по грунтовой дороге. «Скорая едет полтора часа, — говорит фельдшер Галина Стрельцова. — "
    "В мороз "
    "бывает и дольше». Подрядчик, общество «Северный путь», получил за работу восемьсот миллионов рублей. Его "
    "директор, Андрей "
    "Лупанов, до этого торговал обувью; его заместитель, Мария Евгеньевна Коростылёва, сообщила редакции, что вопросы "
    "надо "
    "направлять заказчику. В договоре, который мы видели, нет подписи независимого эксперта. Инженер Олег Завьялов, "
    "проверявший бетон, рассказал, что протоколы испытаний переписали задним числом. Следователь Игорь Тимофеевский "
    "назначил "
    "экспертизу и на вопросы не отвечает. Воск от свечей, гончар на ярмарке, волк на гербе района — вот и всё, что "
    "приезжие запоминают о Заречье. Теперь запомнят мост. Депутат Светлана Мирошниченко обещала поднять вопрос осенью. "
    "Пока "
    "же у въезда стоит сторож Анатолий, который пускает только велосипедистов. «Вера есть, надежда есть, а моста нет», "
    "— шутит "
    "он. По данным за 14 марта, трещин стало больше; телефон горячей линии 8 800 200-19-47 не отвечает. Прокуратура "
    "передала "
    "дело в область, область вернула его в район, и так трижды за лето.",
    /* Uzbek */
    "Paxta dalasidagi qudug' bu yil ham quridi. Qishloq oqsoqoli Hamidjon Sobitov ariqning boshida turib, uzoq "
    "tog'larga "
    "qaraydi. \"Suv martda keladi, deyishgandi, — deydi u. — Endi avgust\". Tuman hokimligi bosh mutaxassisi Ravshan "
    "Egamnazarov "
    "nasos stansiyasi ta'mirda ekanini aytdi. Hujjatlarda esa ta'mir uch yil oldin tugagan. Pudratchi korxona rahbari "
    "Dilfuza "
    "Norqulova savollarimizga javob bermadi. Fermer Saidakbar Jo'rabekov o'n gektar yerini tashlab ketdi, o'g'illari "
    "shaharda "
    "taksi haydaydi. O'qituvchi Mavluda opa bolalarga maktabda suv idishini uydan olib kelishni aytgan. Mening buvim "
    "bu yerda "
    "bog' qilgan, deydi u, endi bog' ham yo'q, baxt ham. Viloyat prokurori o'rinbosari Shokir Vahobov tekshiruv "
    "boshlanganini tasdiqladi. Гулнора Баҳромова ўз ҳовлисида қудуқ қазди, ўттиз метрда ҳам сув чиқмади. Қўшниси "
    "Абдувоҳид "
    "ака эса шаҳардан сув ташийди. Туман ҳокими Зоир Мирзаалиев билан учрашув ўтказилди, унда Нигора Соатова ҳам "
    "қатнашди. Одамлар кутишдан чарчаган, лекин умид бор.",
    /* Arabic */
    "المدرسة التي بلا سقف. في صباح شتوي بارد جلس أربعون تلميذا في الساحة لأن المطر دخل إلى الفصول. تقول المعلمة سناء "
    "الدوري "
    "إن الوزارة وعدت بإصلاح السقف قبل ثلاث سنوات، وإن المقاول وليد الشامسي حصل على نصف المبلغ ثم اختفى. اطلعت الصحيفة "
    "على "
    "العقد، وليس فيه موعد للتسليم. قال مدير التعليم في المحافظة، طارق البياتي، إن الملف عند القضاء. وأكد القاضي هشام "
    "العبيدي "
    "أنه لم يتسلم أي ملف. في الحي نفسه بنى رجل أعمال كريم مسجدا جميلا في ستة أشهر، ويسأل الناس كيف يكون المال حاضرا "
    "هنا "
    "وغائبا هناك. والد أحد التلاميذ، وهو عامل في الميناء، قال إن ابنه مرض مرتين هذا الشتاء. سعيد من وجد مكانا جافا، "
    "قال ضاحكا. "
    "أما النائبة رجاء القيسي فطلبت جلسة خاصة في البرلمان، وينتظر الأهالي ربيعا جديدا. وقال خبير البناء مازن العزاوي إن "
    "إصلاح "
    "السقف يكلف أقل من حفل الافتتاح الذي أقيم قبل عام. كان الحفل كبيرا، وكانت هناك ورود وصور وكلمات عن النور والأمل.",
    /* Persian */
    "رودخانه‌ای که دیگر صدا ندارد. در روستای سرچشمه، پیرمردی به نام غلامعباس نوروزپور هر روز کنار بستر خشک "
    "می‌نشیند. می‌گوید وقتی "
    "جوان بود آب تا زانو می‌رسید. سد را ده سال پیش ساختند و مدیر طرح، مهندس شهرام کیانفر، قول داد که سهم روستا قطع "
    "نشود. در "
    "سندی که روزنامه دیده است، سهم روستا صفر نوشته شده. فرماندار، خانم پروانه اسکندرزاده، می‌گوید اشتباه تایپی بوده "
    "است. کشاورزان "
    "باور نمی‌کنند. بهار امسال شکوفه‌های بادام پیش از آنکه باز شوند خشکیدند. معلم روستا، منیژه کوهستانی، شاگردانش "
    "را به شهر برده تا "
    "آزمایشگاه آب را ببینند. نماینده استان، جهانبخش تیموریان، در مجلس پرسید که چه کسی پاسخگوست. پاسخی داده نشد. امید "
    "هست، "
    "می‌گوید نوروزپور، آرزو هم هست، اما آب نیست. کارشناس محیط زیست، داریوش بهمنیار، هشدار داده که تا دو سال دیگر "
    "چاه‌ها هم خشک "
    "می‌شوند و مردم ناچار به کوچ خواهند شد.",
    /* Hebrew */
    "הגשר שנסגר. בבוקר חורפי אחד מצאו תושבי השכונה שרשרת על הכניסה לגשר הישן. ראש העירייה, מנשה גבעוני, הסביר כי מדובר "
    "בסכנה "
    "מיידית, אבל המהנדסת שולמית ארבל אמרה שהדוח שלה נכתב לפני ארבע שנים ואיש לא קרא אותו. הקבלן, חברת דרך הים, קיבל "
    "מקדמה ולא "
    "התחיל לעבוד. סגן ראש העיר, עמיחי לבנון, סירב להתראיין. בעלת המכולת, ציפורה נחמני, מספרת שהמכירות ירדו בחצי. אור "
    "גדול לא "
    "רואים כאן, היא אומרת, אבל יש תקווה. ילדים הולכים לבית הספר בדרך ארוכה, לאורך הכביש המהיר, בלי מדרכה. שופט בית "
    "המשפט "
    "המחוזי, אליעזר שטרנפלד, הורה לעירייה להגיב בתוך שבועיים. חברת הכנסת אורנה ברקאי ביקשה דיון דחוף. הדובר אמר שהנושא "
    "בטיפול. השומר בכניסה, איש זקן וטוב לב, מחלק לילדים סוכריות ואומר שבקיץ הכול ייפתח מחדש, אם ירצה השם.",
    NULL,
};
