/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/clientwords.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "util/str.h"

enum {
	HEADER_NAME_BYTES = 60, /* longer ones are no header of a client */
};

/*
 * Sources: the message catalogues of Roundcube and Thunderbird, tables of
 * Apple Mail, Gmail, Outlook and Yahoo in public parsers of mail, and what
 * Samsung, GMX, Lotus Notes, QQ, NetEase, Yandex and Mail.ru are seen to write.
 */
static const struct nd_clientwords table[] = {
	{
		.language = "en",
		.from = {"From"},
		.date = {"Date", "Sent", "Date Sent", "Sent at"},
		.to = {"To"},
		.cc = {"Cc", "Bcc", "Copy"},
		.subject = {"Subject"},
		.original = {"Original Message", "Original Appointment",
                             "Reply Message", "Replied Message"},
		.bare = {"Original", "Original Mail", "Original Email",
                         "Original E-mail", "Message from "},
		.ending = {"End message from "},
		.forwarded = {"Forwarded Message", "Forwarded Mail",
                              "Forwarded by", "Forwarded email",
                              "Start of forwarded message",
                              "Begin forwarded message"},
		.opening = {"Begin forwarded message:",
                            "Start of forwarded message"},
		.on = {"On ", "At ", "In a message dated "},
		.wrote = {"wrote", "writes", "said"},
	},
	{
		.language = "de",
		.from = {"Von", "Absender"},
		.date = {"Gesendet", "Datum", "Gesendet am", "Gesendet um"},
		.to = {"An", "Empfänger"},
		.cc = {"Kopie", "Kopie (CC)", "Blindkopie"},
		.subject = {"Betreff", "Betrifft"},
		.original = {"Ursprüngliche Nachricht", "Original-Nachricht",
                             "Originalnachricht", "Ursprüngliche Mitteilung",
                             "Ursprüngliche E-Mail", "Ursprünglicher Termin",
                             "Original Nachricht"},
		.bare = {"Nachricht von "},
		.ending = {"Ende der weitergeleiteten Nachricht",
                           "Ende der Nachricht von ",
                           "Ende der Originalnachricht"},
		.forwarded = {"Weitergeleitete Nachricht",
                              "Weitergeleitete Mail", "Weitergeleitet von",
                              "Weitergeleitete E-Mail"},
		.opening = {"Anfang der weitergeleiteten Nachricht:",
                            "Anfang der weitergeleiteten E-Mail:"},
		.on = {"Am ", "Den "},
		.wrote = {"schrieb", "geschrieben", "schreibt"},
	},
	{
		.language = "fr",
		.from = {"De", "Expéditeur"},
		.date = {"Envoyé", "Date", "Envoyé le", "Date d'envoi"},
		.to = {"À", "A", "Pour", "Destinataire"},
		.cc = {"Copie à", "Copie", "Cc"},
		.subject = {"Objet", "Sujet"},
		.original = {"Message d'origine", "Message original",
                             "Message d’origine", "Mail original",
                             "Courriel original", "E-mail d'origine",
                             "Rendez-vous d'origine"},
		.bare = {"Message de "},
		.ending = {"Fin du message transféré", "Fin du message de "},
		.forwarded = {"Message transféré", "Message transmis",
                              "Message réexpédié", "Réexpédié par",
                              "Transféré par"},
		.opening = {"Début du message réexpédié",
                            "Début du message transféré"},
		.on = {"Le "},
		.wrote = {"a écrit", "a ecrit"},
	},
	{
		.language = "es",
		.from = {"De", "Remitente"},
		.date = {"Enviado", "Fecha", "Enviado el", "Enviado a las"},
		.to = {"Para", "Destinatario"},
		.cc = {"Copia", "Con copia"},
		.subject = {"Asunto"},
		.original = {"Mensaje original", "Correo original",
                             "Cita original"},
		.bare = {"Mensaje de "},
		.forwarded = {"Mensaje reenviado", "Mensaje remitido",
                              "Remitido por", "Reenviado por"},
		.opening = {"Inicio del mensaje reenviado:"},
		.on = {"El "},
		.wrote = {"escribió", "escribio", "ha escrito"},
	},
	{
		.language = "pt",
		.from = {"De", "Remetente"},
		.date = {"Enviado", "Data", "Enviado em", "Enviada em",
                         "Enviada", "Data de envio"},
		.to = {"Para", "Destinatário"},
		.cc = {"Cópia", "Com cópia"},
		.subject = {"Assunto"},
		.original = {"Mensagem original", "E-mail original",
                             "Compromisso original"},
		.bare = {"Mensagem de "},
		.forwarded = {"Mensagem encaminhada", "Mensagem reencaminhada",
                              "Encaminhado por"},
		.opening = {"Início da mensagem encaminhada:",
                            "Início da mensagem reencaminhada:"},
		.on = {"Em ", "No dia ", "Às "},
		.wrote = {"escreveu"},
	},
	{
		.language = "it",
		.from = {"Da", "Mittente"},
		.date = {"Inviato", "Data", "Inviato il", "Inviata",
                         "Data invio"},
		.to = {"A", "Destinatario"},
		.cc = {"Copia", "Per conoscenza"},
		.subject = {"Oggetto"},
		.original = {"Messaggio originale", "Messaggio originario",
                             "Appuntamento originale"},
		.bare = {"Messaggio da "},
		.forwarded = {"Messaggio inoltrato", "Inoltrato da"},
		.opening = {"Inizio messaggio inoltrato:"},
		.on = {"Il ", "In data "},
		.wrote = {"ha scritto", "scrisse", "scritti il"},
	},
	{
		.language = "nl",
		.from = {"Van", "Afzender"},
		.date = {"Verzonden", "Datum", "Verzonden op", "Verstuurd"},
		.to = {"Aan", "Ontvanger"},
		.cc = {"Kopie"},
		.subject = {"Onderwerp", "Betreft"},
		.original = {"Oorspronkelijk bericht",
                             "Oorspronkelijke bericht", "Origineel bericht",
                             "Originele bericht", "Orgineel bericht",
                             "Oorspronkelijke afspraak"},
		.bare = {"Bericht van "},
		.forwarded = {"Doorgestuurd bericht", "Doorgestuurd door"},
		.opening = {"Begin doorgestuurd bericht:"},
		.on = {"Op "},
		.wrote = {"schreef", "geschreven"},
	},
	{
		.language = "sv",
		.from = {"Från", "Avsändare"},
		.date = {"Skickat", "Datum", "Skickad", "Skickades"},
		.to = {"Till", "Mottagare"},
		.cc = {"Kopia"},
		.subject = {"Ämne", "Rubrik"},
		.original = {"Ursprungligt meddelande", "Originalmeddelande",
                             "Ursprungligt mail", "Originalmejl",
                             "Ursprunglig avtalad tid"},
		.forwarded = {"Vidarebefordrat meddelande",
                              "Vidarebefordrat mail", "Vidarebefordrat mejl"},
		.opening = {"Vidarebefordrat mejl:", "Vidarebefordrat brev:"},
		.on = {"Den "},
		.wrote = {"skrev"},
	},
	{
		.language = "da",
		.from = {"Fra", "Afsender"},
		.date = {"Sendt", "Dato"},
		.to = {"Til", "Modtager"},
		.cc = {"Kopi", "Kopi til"},
		.subject = {"Emne"},
		.original = {"Oprindelig meddelelse", "Oprindelig besked",
                             "Original besked", "Oprindelig e-mail",
                             "Oprindelig aftale"},
		.forwarded = {"Videresendt meddelelse", "Videresendt besked",
                              "Videresendt af"},
		.opening = {"Start på videresendt besked:",
                            "Videresendt besked:"},
		.on = {"Den "},
		.wrote = {"skrev"},
	},
	{
		.language = "nb",
		.from = {"Fra", "Avsender"},
		.date = {"Sendt", "Dato"},
		.to = {"Til", "Mottaker"},
		.cc = {"Kopi", "Kopi til"},
		.subject = {"Emne"},
		.original = {"Opprinnelig melding", "Original melding",
                             "Opprinnelig e-post", "Opprinnelig avtale"},
		.forwarded = {"Videresendt melding", "Videresendt e-post"},
		.opening = {"Videresendt melding:"},
		.on = {"Den ", "På "},
		.wrote = {"skrev"},
	},
	{
		.language = "nn",
		.from = {"Frå", "Avsendar"},
		.date = {"Sendt", "Dato"},
		.to = {"Til", "Mottakar"},
		.cc = {"Kopi til"},
		.subject = {"Emne"},
		.original = {"Opphavleg melding", "Opphavleg e-post"},
		.forwarded = {"Vidaresend melding"},
		.on = {"Den "},
		.wrote = {"skreiv"},
	},
	{
		.language = "fi",
		.from = {"Lähettäjä"},
		.date = {"Lähetetty", "Päivämäärä", "Päiväys", "Pvm"},
		.to = {"Vastaanottaja", "Saaja"},
		.cc = {"Kopio"},
		.subject = {"Aihe"},
		.original = {"Alkuperäinen viesti", "Alkuperäinen tapaaminen"},
		.forwarded = {"Välitetty viesti", "Edelleenlähetetty viesti"},
		.opening = {"Välitetty viesti alkaa"},
		.wrote = {"kirjoitti"},
	},
	{
		.language = "is",
		.from = {"Frá", "Sendandi"},
		.date = {"Dagsetning", "Sent"},
		.to = {"Til", "Viðtakandi"},
		.cc = {"Afrit"},
		.subject = {"Efni", "Titill"},
		.original = {"Upprunalegur póstur", "Upprunaleg skilaboð",
                             "Upphafleg skilaboð"},
		.forwarded = {"Áframsendur póstur", "Áframsend skilaboð"},
		.on = {"Þann "},
		.wrote = {"skrifaði"},
	},
	{
		.language = "pl",
		.from = {"Od", "Nadawca"},
		.date = {"Wysłano", "Data", "Wysłane", "Data wysłania"},
		.to = {"Do", "Adresat"},
		.cc = {"DW", "Kopia", "Do wiadomości", "UDW"},
		.subject = {"Temat"},
		.original = {"Wiadomość oryginalna", "Oryginalna wiadomość",
                             "Treść oryginalnej wiadomości",
                             "Pierwotna wiadomość"},
		.bare = {"Oryginał", "Wiadomość od "},
		.forwarded = {"Przekazana wiadomość",
                              "Treść przekazanej wiadomości",
                              "Wiadomość przekazana", "Przesłana wiadomość",
                              "Wiadomość przesłana dalej"},
		.opening = {"Początek przekazywanej wiadomości:",
                            "Początek przekazanej wiadomości:"},
		.on = {"W dniu ", "Dnia ", "Wiadomość napisana przez "},
		.wrote = {"napisał", "napisal", "pisze", "napisała"},
	},
	{
		.language = "cs",
		.from = {"Od", "Odesílatel"},
		.date = {"Odesláno", "Datum", "Odeslána", "Posláno"},
		.to = {"Komu", "Adresát", "Příjemce", "Pro"},
		.cc = {"Kopie"},
		.subject = {"Předmět"},
		.original = {"Původní zpráva", "Původní e-mail", "Původní mail",
                             "Původní událost"},
		.bare = {"Zpráva od "},
		.forwarded = {"Přeposlaná zpráva", "Předaná zpráva"},
		.opening = {"Začátek přeposílané zprávy:",
                            "Začátek přeposlané zprávy:"},
		.on = {"Dne "},
		.wrote = {"napsal", "píše"},
	},
	{
		.language = "sk",
		.from = {"Od", "Odosielateľ"},
		.date = {"Odoslané", "Dátum", "Odoslaná", "Poslané"},
		.to = {"Komu", "Pre", "Príjemca"},
		.cc = {"Kópia"},
		.subject = {"Predmet"},
		.original = {"Pôvodná správa", "Pôvodný e-mail",
                             "Pôvodná udalosť"},
		.forwarded = {"Preposlaná správa"},
		.opening = {"Začiatok preposlanej správy:"},
		.on = {"Dňa "},
		.wrote = {"napísal"},
	},
	{
		.language = "hu",
		.from = {"Feladó", "Küldő"},
		.date = {"Elküldve", "Dátum", "Küldve", "Küldés ideje"},
		.to = {"Címzett", "Címzettek"},
		.cc = {"Másolat", "Másolatot kap"},
		.subject = {"Tárgy"},
		.original = {"Eredeti üzenet", "Eredeti levél",
                             "Eredeti e-mail", "Eredeti találkozó"},
		.forwarded = {"Továbbított üzenet", "Továbbított levél"},
		.opening = {"Továbbított levél kezdete:",
                            "Továbbított üzenet kezdete:"},
		.wrote = {"írta", "írt"},
	},
	{
		.language = "ro",
		.from = {"De la", "Expeditor", "Expeditorul"},
		.date = {"Trimis", "Data", "Dată", "Trimis la"},
		.to = {"Către", "Destinatar", "Destinatarul", "La"},
		.cc = {"Copie (CC)"},
		.subject = {"Subiect", "Subiectul"},
		.original = {"Mesaj original", "Mesajul original",
                             "Mesaj inițial", "Mesajul inițial"},
		.forwarded = {"Mesaj redirecționat", "Mesaj transmis"},
		.opening = {"Începe mesajul redirecționat:"},
		.on = {"Pe ", "În "},
		.wrote = {"a scris"},
	},
	{
		.language = "hr",
		.from = {"Od", "Šalje", "Pošiljatelj"},
		.date = {"Poslano", "Datum"},
		.to = {"Za", "Prima", "Primatelj"},
		.cc = {"Kopija"},
		.subject = {"Predmet", "Naslov"},
		.original = {"Izvorna poruka", "Originalna poruka",
                             "Originalna korespondencija"},
		.forwarded = {"Proslijeđena poruka"},
		.opening = {"Započni proslijeđenu poruku:"},
		.on = {"Dana "},
		.wrote = {"napisao", "napisala", "piše"},
	},
	{
		.language = "sr",
		.from = {"Од", "Шаље", "Od", "Pošiljalac"},
		.date = {"Датум", "Послато", "Poslato", "Datum"},
		.to = {"За", "Прима", "Коме", "Za"},
		.cc = {"Копија", "Цц"},
		.subject = {"Тема", "Наслов", "Предмет", "Naslov"},
		.original = {"Оригинална порука", "Изворна порука",
                             "Originalna poruka"},
		.forwarded = {"Прослеђена порука", "Prosleđena poruka"},
		.on = {"Дана ", "Dana "},
		.wrote = {"написа", "написао", "написала", "је писао"},
	},
	{
		.language = "sl",
		.from = {"Od", "Pošiljatelj"},
		.date = {"Poslano", "Datum"},
		.to = {"Za", "Prejemnik"},
		.cc = {"Kp", "V vednost"},
		.subject = {"Zadeva"},
		.original = {"Izvirno sporočilo", "Prvotno sporočilo"},
		.forwarded = {"Posredovano sporočilo"},
		.opening = {"Začetek posredovanega sporočila:"},
		.on = {"Dne "},
		.wrote = {"napisal", "napisala"},
	},
	{
		.language = "bg",
		.from = {"От", "Подател"},
		.date = {"Изпратено", "Дата", "Изпратен"},
		.to = {"До", "Получател"},
		.cc = {"Копие", "Копие до", "Як"},
		.subject = {"Относно", "Заглавие", "Тема"},
		.original = {"Оригинално писмо", "Оригинално съобщение",
                             "Първоначално съобщение"},
		.forwarded = {"Препратено съобщение", "Препратено писмо"},
		.on = {"На "},
		.wrote = {"написа"},
	},
	{
		.language = "mk",
		.from = {"Од", "Испраќач"},
		.date = {"Испратено", "Датум"},
		.to = {"До", "Примач", "За"},
		.cc = {"Копија"},
		.subject = {"Предмет", "Наслов"},
		.original = {"Оригинална порака", "Првична порака"},
		.forwarded = {"Препратена порака"},
		.on = {"На "},
		.wrote = {"напиша"},
	},
	{
		.language = "ru",
		.from = {"От", "От кого", "Отправитель"},
		.date = {"Отправлено", "Дата", "Отправлен", "Дата отправки",
                         "Послано"},
		.to = {"Кому", "Получатель"},
		.cc = {"Копия"},
		.subject = {"Тема"},
		.original = {"Исходное сообщение", "Оригинальное сообщение",
                             "Исходное письмо", "Первоначальное сообщение",
                             "Цитируемое сообщение", "Исходная встреча"},
		.ending = {"Конец пересылаемого сообщения",
                           "Завершение пересылаемого сообщения",
                           "Конец переадресованного сообщения"},
		.forwarded = {"Пересылаемое сообщение",
                              "Перенаправленное сообщение",
                              "Пересланное сообщение", "Пересылаемое письмо",
                              "Пересланное письмо"},
		.opening = {"Начало переадресованного сообщения:",
                            "Начало пересылаемого сообщения:"},
		.on = {"В письме от "},
		.wrote = {"пишет", "писал", "написал"},
	},
	{
		.language = "uk",
		.from = {"Від", "Від кого", "Відправник"},
		.date = {"Надіслано", "Дата", "Відправлено", "Надісланий"},
		.to = {"Кому", "Одержувач", "Отримувач"},
		.cc = {"Копія"},
		.subject = {"Тема"},
		.original = {"Оригінальне повідомлення",
                             "Початкове повідомлення", "Вихідне повідомлення",
                             "Оригінальний лист", "Початковий лист"},
		.bare = {"Оригінал"},
		.forwarded = {"Переслане повідомлення",
                              "Перенаправлене повідомлення",
                              "Перенаправлений лист", "Пересланий лист"},
		.opening = {"Початок листа, що пересилається:"},
		.wrote = {"пише", "написав", "писав", "написала"},
	},
	{
		.language = "be",
		.from = {"Ад", "Ад каго", "Адпраўшчык"},
		.date = {"Адпраўлена", "Дата"},
		.to = {"Каму"},
		.cc = {"Копія"},
		.subject = {"Тэма"},
		.original = {"Арыгінальнае паведамленне", "Зыходны ліст",
                             "Зыходнае паведамленне"},
		.forwarded = {"Накіраваны ліст", "Перасланае паведамленне"},
		.wrote = {"напісаў", "піша"},
	},
	{
		.language = "lt",
		.from = {"Nuo", "Siuntėjas"},
		.date = {"Išsiųsta", "Data"},
		.to = {"Kam", "Gavėjas", "Iki"},
		.cc = {"Kopija"},
		.subject = {"Tema"},
		.original = {"Originalus laiškas", "Pradinis laiškas",
                             "Pirminis pranešimas", "Originalus pranešimas"},
		.forwarded = {"Persiųstas laiškas", "Persiųstas pranešimas"},
		.wrote = {"rašė"},
	},
	{
		.language = "lv",
		.from = {"No", "Sūtītājs"},
		.date = {"Nosūtīts", "Datums", "Sūtīts"},
		.to = {"Kam", "Saņēmējs"},
		.cc = {"Kopija"},
		.subject = {"Temats", "Tēma"},
		.original = {"Sākotnējā vēstule", "Sākotnējais ziņojums",
                             "Oriģinālais ziņojums"},
		.forwarded = {"Pārsūtītā vēstule", "Pārsūtīts ziņojums"},
		.wrote = {"rakstīja"},
	},
	{
		.language = "et",
		.from = {"Saatja", "Kellelt"},
		.date = {"Saadetud", "Kuupäev", "Saatmisaeg"},
		.to = {"Saaja", "Adressaat", "Kellele"},
		.cc = {"Koopia"},
		.subject = {"Teema", "Pealkiri"},
		.original = {"Algne kiri", "Esialgne kiri", "Algne sõnum",
                             "Algkiri"},
		.forwarded = {"Edastatud kiri", "Edastatud sõnum"},
		.wrote = {"kirjutas"},
	},
	{
		.language = "el",
		.from = {"Από", "Αποστολέας"},
		.date = {"Στάλθηκε", "Ημερομηνία", "Ημ/νία", "Απεσταλμένο"},
		.to = {"Προς", "Παραλήπτης"},
		.cc = {"Κοιν.", "Κοινοποίηση"},
		.subject = {"Θέμα"},
		.original = {"Αρχικό μήνυμα", "Πρωτότυπο μήνυμα"},
		.forwarded = {"Προωθημένο μήνυμα"},
		.on = {"Στις ", "Την "},
		.wrote = {"έγραψε"},
	},
	{
		.language = "tr",
		.from = {"Kimden", "Gönderen", "Gönderici"},
		.date = {"Gönderildi", "Tarih", "Gönderilen", "Gönderme Tarihi",
                         "Gönderilme Tarihi"},
		.to = {"Kime", "Alıcı"},
		.cc = {"Bilgi", "Kopya"},
		.subject = {"Konu"},
		.original = {"Özgün İleti", "Özgün ileti", "Orijinal mesaj",
                             "Orijinal İleti", "Orijinal ileti", "Asıl İleti",
                             "Orijinal Mesaj"},
		.forwarded = {"İletilen İleti", "İletilmiş İleti",
                              "İletilmiş Mesaj", "İletilen Mesaj",
                              "Yönlendirilmiş ileti"},
		.opening = {"İleti başlangıcı:",
                            "İletilen mesajın başlangıcı:"},
		.on = {"Tarih: "},
		.wrote = {"yazdı", "yazmış", "Yazan"},
	},
	{
		.language = "az",
		.from = {"Kimdən", "Göndərən"},
		.date = {"Göndərildi", "Tarix"},
		.to = {"Kimə"},
		.cc = {"Nüsxə"},
		.subject = {"Mövzu"},
		.original = {"Orijinal məktub"},
		.wrote = {"yazıb", "yazdı"},
	},
	{
		.language = "ca",
		.from = {"De", "Remitent"},
		.date = {"Enviat", "Data", "Enviat el"},
		.to = {"Per a", "A", "Destinatari"},
		.cc = {"Còpia", "A/c"},
		.subject = {"Assumpte", "Tema"},
		.original = {"Missatge original"},
		.forwarded = {"Missatge reenviat"},
		.on = {"El ", "Missatge de "},
		.wrote = {"va escriure", "ha escrit"},
	},
	{
		.language = "gl",
		.from = {"De", "Remitente"},
		.date = {"Enviado", "Data", "Enviado o"},
		.to = {"Para", "Destinatario"},
		.cc = {"Copia"},
		.subject = {"Asunto"},
		.original = {"Mensaxe orixinal"},
		.forwarded = {"Mensaxe reenviada"},
		.wrote = {"escribiu"},
	},
	{
		.language = "eu",
		.from = {"Nork", "Bidaltzailea", "Igorlea"},
		.date = {"Data", "Bidalia"},
		.to = {"Nori", "Hartzailea"},
		.cc = {"Kopia"},
		.subject = {"Gaia"},
		.original = {"Jatorrizko mezua"},
		.forwarded = {"Birbidalitako mezua"},
		.wrote = {"idatzi zuen", "idatzi du", "idatzi dau"},
	},
	{
		.language = "sq",
		.from = {"Nga", "Dërguesi"},
		.date = {"Dërguar", "Datë", "Data"},
		.to = {"Për", "Marrësi"},
		.cc = {"Kopje"},
		.subject = {"Subjekti", "Subjekt", "Tema"},
		.original = {"Mesazhi Origjinal", "Mesazhi origjinal"},
		.forwarded = {"Mesazhi i Përcjellë"},
		.on = {"Më "},
		.wrote = {"shkroi", "shkruajti"},
	},
	{
		.language = "eo",
		.from = {"De", "Sendanto"},
		.date = {"Dato", "Sendita"},
		.to = {"Al", "Ricevanto"},
		.cc = {"Kopio"},
		.subject = {"Temo"},
		.original = {"Originala mesaĝo"},
		.on = {"Je "},
		.wrote = {"skribis"},
	},
	{
		.language = "he",
		.from = {"מאת", "מ"},
		.date = {"נשלח", "תאריך", "נשלח ב"},
		.to = {"אל", "ל"},
		.cc = {"עותק", "לידיעה"},
		.subject = {"נושא", "הנדון"},
		.original = {"הודעה מקורית", "ההודעה המקורית"},
		.forwarded = {"הודעה שהועברה"},
		.on = {"בתאריך ", "ב-"},
		.wrote = {"מאת", "כתב", "כתבה"},
	},
	{
		.language = "ar",
		.from = {"من", "المرسل"},
		.date = {"تاريخ الإرسال", "التاريخ", "أرسلت", "المرسلة",
                         "تم الإرسال"},
		.to = {"إلى", "المستقبل"},
		.cc = {"نسخة", "نسخة إلى", "نسخة إلي"},
		.subject = {"الموضوع"},
		.original = {"الرسالة الأصلية", "الرسالة الأصليَّة",
                             "الرسالة الأساسية", "رسالة أصلية"},
		.forwarded = {"رسالة معاد توجيهها", "رسالة ممرّرة",
                              "الرسالة المعاد توجيهها"},
		.on = {"في ", "على ", "بتاريخ "},
		.wrote = {"كتب", "كتابة", "كتبت"},
	},
	{
		.language = "fa",
		.from = {"از", "فرستنده"},
		.date = {"ارسال شده", "تاریخ", "ارسال‌شده"},
		.to = {"به", "گیرنده"},
		.cc = {"رونوشت"},
		.subject = {"موضوع", "عنوان"},
		.original = {"پیام اصلی", "پیغام اصلی"},
		.forwarded = {"پیام هدایت‌شده",
                              "پیام ارسال‌شده"},
		.on = {"در "},
		.wrote = {"نوشت", "نوشته"},
	},
	{
		.language = "hi",
		.from = {"प्रेषक", "की ओर से", "भेजने वाला"},
		.date = {"भेजा गया", "दिनांक", "तारीख"},
		.to = {"प्रति", "को", "पाने वाला"},
		.cc = {"प्रतिलिपि"},
		.subject = {"विषय"},
		.original = {"मूल संदेश"},
		.forwarded = {"अग्रेषित संदेश"},
		.wrote = {"लिखा"},
	},
	{
		.language = "bn",
		.from = {"প্রেরক", "থেকে"},
		.date = {"তারিখ"},
		.to = {"প্রাপক", "প্রতি"},
		.subject = {"বিষয়"},
		.original = {"মূল বার্তা"},
		.wrote = {"লিখেছেন"},
	},
	{
		.language = "ja",
		.from = {"差出人", "送信者", "発信者"},
		.date = {"送信日時", "日時", "日付", "送信メール", "送信日"},
		.to = {"宛先", "受信者"},
		.cc = {"写し", "写し(Cc)"},
		.subject = {"件名", "題名"},
		.original = {"元のメッセージ", "元のメール", "元メール",
                             "オリジナルメッセージ", "元の予定"},
		.forwarded = {"転送メッセージ", "転送されたメッセージ",
                              "転送メール", "転送されたメール"},
		.opening = {"転送されたメッセージ:",
                            "このメッセージを転送します:"},
		.wrote = {"書きました", "のメール", "のメッセージ", "さんは",
                          "が書きました"},
	},
	{
		.language = "ko",
		.from = {"보낸 사람", "보낸사람", "발신", "발신자", "보낸이"},
		.date = {"보낸 날짜", "날짜", "보낸날짜", "보낸 시간",
                         "받은 날짜", "일자"},
		.to = {"받는 사람", "받는사람", "수신", "수신자", "받는이"},
		.cc = {"참조"},
		.subject = {"제목"},
		.original = {"원본 메시지", "원본 이메일", "원본 메일",
                             "원본메일", "원본 메세지", "원래 메시지"},
		.forwarded = {"전달된 메시지", "전달 메시지", "전달된 메일"},
		.opening = {"전달된 메시지:"},
		.wrote = {"작성", "쓴 글", "쓴 내용"},
	},
	{
		.language = "zh-Hans",
		.from = {"发件人", "寄件人", "发信人", "发自"},
		.date = {"发送时间", "日期", "时间", "发送日期", "发件时间",
                         "已发送", "发送"},
		.to = {"收件人", "收信人"},
		.cc = {"抄送", "抄送人", "密送"},
		.subject = {"主题", "标题"},
		.original = {"原始邮件", "原邮件", "邮件原件", "原始消息",
                             "回复的原邮件", "原始信息", "回复的邮件"},
		.forwarded = {"转发邮件", "转发的邮件", "转发邮件信息",
                              "转发的消息", "转发的原邮件"},
		.opening = {"下面是被转发的邮件：", "下面是被转发的邮件:",
                            "以下是转发的邮件：", "开始转发的邮件："},
		.on = {"在", "于"},
		.wrote = {"写道", "写到", "写信", "写于", "来信"},
	},
	{
		.language = "zh-Hant",
		.from = {"寄件者", "寄件人", "發件人", "發信人"},
		.date = {"寄件日期", "日期", "傳送時間", "發送時間", "已傳送",
                         "時間", "傳送日期"},
		.to = {"收件者", "收件人"},
		.cc = {"副本", "抄送"},
		.subject = {"主旨", "主題"},
		.original = {"原始郵件", "原始訊息", "原郵件", "原始信件"},
		.forwarded = {"轉寄郵件", "轉寄的郵件", "轉寄訊息", "轉發郵件",
                              "轉寄的訊息"},
		.opening = {"開始轉寄郵件：", "開始轉寄訊息：",
                            "以下是轉寄的郵件："},
		.on = {"於", "在"},
		.wrote = {"寫道", "寫到"},
	},
	{
		.language = "vi",
		.from = {"Từ", "Gửi từ", "Người gửi"},
		.date = {"Đã gửi", "Ngày", "Thời gian", "Ngày gửi", "Đã Gửi"},
		.to = {"Tới", "Đến", "Người nhận"},
		.cc = {"Đồng kính gửi"},
		.subject = {"Chủ đề", "Tiêu đề"},
		.original = {"Thư gốc", "Thư Gốc", "Tin nhắn gốc", "Email gốc"},
		.forwarded = {"Thư được chuyển tiếp", "Thư chuyển tiếp"},
		.on = {"Vào "},
		.wrote = {"viết"},
	},
	{
		.language = "th",
		.from = {"จาก", "ผู้ส่ง"},
		.date = {"ส่ง", "วันที่", "ส่งเมื่อ"},
		.to = {"ถึง", "ผู้รับ"},
		.cc = {"สำเนาถึง", "สำเนา", "คัดลอก"},
		.subject = {"เรื่อง", "ชื่อเรื่อง", "หัวจดหมาย"},
		.original = {"ข้อความเดิม", "ข้อความต้นฉบับ"},
		.forwarded = {"ข้อความที่ส่งต่อ"},
		.on = {"ในวันที่ ", "เมื่อ "},
		.wrote = {"เขียนว่า", "เขียน"},
	},
	{
		.language = "id",
		.from = {"Dari", "Pengirim"},
		.date = {"Dikirim", "Tanggal", "Terkirim"},
		.to = {"Kepada", "Ke", "Penerima", "Untuk"},
		.cc = {"Tembusan"},
		.subject = {"Subjek", "Perihal", "Judul"},
		.original = {"Pesan Asli", "Pesan asli"},
		.forwarded = {"Pesan terusan", "Pesan yang diteruskan"},
		.on = {"Pada "},
		.wrote = {"menulis"},
	},
	{
		.language = "ms",
		.from = {"Daripada", "Dari"},
		.date = {"Dihantar", "Tarikh"},
		.to = {"Kepada", "Ke"},
		.cc = {"Salinan"},
		.subject = {"Subjek", "Perkara"},
		.original = {"Mesej Asal", "Mesej asal"},
		.on = {"Pada "},
		.wrote = {"menulis", "telah menulis"},
	},
	{
		.language = "ka",
		.from = {"გამგზავნი"},
		.date = {"თარიღი"},
		.to = {"ვის"},
		.cc = {"ასლი"},
		.subject = {"სათაური", "თემა"},
		.original = {"ორიგინალი შეტყობინება", "საწყისი წერილი"},
		.wrote = {"დაწერა"},
	},
	{
		.language = "hy",
		.from = {"Ուղարկող"},
		.date = {"Ամսաթիվ"},
		.to = {"Ստացող"},
		.subject = {"Վերնագիր", "Թեմա"},
		.original = {"Առաջին հաղորդագրությունը", "Օրիգինալ նամակը"},
		.forwarded = {"Փոխանցվող նամակը"},
		.wrote = {"գրեց", "գրել է"},
	},
	{
		.language = "af",
		.from = {"Van"},
		.date = {"Gestuur", "Datum"},
		.to = {"Aan"},
		.subject = {"Onderwerp"},
		.original = {"Oorspronklike boodskap"},
		.forwarded = {"Aangestuurde boodskap"},
		.on = {"Op "},
		.wrote = {"geskryf", "skryf"},
	},
	{
		.language = "ga",
		.from = {"Ó", "Seoltóir", "Seolaí"},
		.date = {"Dáta", "Seolta"},
		.to = {"Chuig", "Go"},
		.subject = {"Ábhar", "Ábhair"},
		.original = {"An teachtaireacht bhunaidh",
                             "Teachtaireacht Bhunaidh"},
		.wrote = {"scríobh"},
	},
	{
		.language = "cy",
		.from = {"Oddi wrth", "Gan"},
		.date = {"Dyddiad", "Anfonwyd"},
		.to = {"At", "Derbyniwr"},
		.cc = {"Copi"},
		.subject = {"Pwnc"},
		.original = {"Neges Wreiddiol"},
		.wrote = {"ysgrifennodd"},
	},
};

/* Headers that tell nothing, in words of their language. */
static const char *const others[] = {
	"Reply-To",
	"Reply to",
	"Resent-From",
	"Sent by",
	"Sender",
	"Importance",
	"Priority",
	"Sensitivity",
	"When",
	"Where",
	"Attachments",
	"Attachment",
	"Attach",
	"Organization",
	"Organisation",
	"Newsgroups",
	"Mailing list",
	"Please respond to",
	/* German */
	"Antwort an",
	"Antwort-An",
	"Wichtigkeit",
	"Priorität",
	"Anlagen",
	"Anhänge",
	"Gesendet von",
	"Im Auftrag von",
	/* French, Spanish, Portuguese, Italian */
	"Répondre à",
	"Pièces jointes",
	"Envoyé par",
	"Responder a",
	"Datos adjuntos",
	"Importancia",
	"Prioridad",
	"Anexos",
	"Prioridade",
	"Rispondi a",
	"Allegati",
	"Priorità",
	/* Dutch, the North */
	"Antwoord aan",
	"Bijlagen",
	"Urgentie",
	"Svar til",
	"Svara till",
	"Bilagor",
	"Vedhæftede filer",
	"Vedlegg",
	"Prioritet",
	"Vastaus",
	"Liitteet",
	/* the East */
	"Odpověď na",
	"Přílohy",
	"Prílohy",
	"Załączniki",
	"Odpowiedź-do",
	"Mellékletek",
	"Ответ-Кому",
	"Вложения",
	"Важность",
	"Вкладення",
	"Ekler",
	"Yanıt Adresi",
	/* Asia */
	"添付ファイル",
	"重要度",
	"返信先",
	"附件",
	"重要性",
	"첨부",
	"중요도",
};

/* What only the source of a mail shows. */
static const char *const raw[] = {
	"Message-ID",     "In-Reply-To",  "References",
	"List-Id",        "Received",     "Return-Path",
	"MIME-Version",   "Content-Type", "X-Mailer",
	"DKIM-Signature", "User-Agent",   "Content-Transfer-Encoding",
};

const struct nd_clientwords *
nd_clientwords_row(size_t i)
{
	return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

static bool
is_in(const char *const *words, size_t count, const char *text, size_t len)
{
	for (size_t i = 0; i < count && words[i]; i++)
		if (nd_mem_is_nocase(text, len, words[i]))
			return true;
	return false;
}

/* By the first byte of words, in lower case: how long they may be. */
static struct {
	uint64_t header[256];
	bool heading[256], opening[256];
} known;
static pthread_once_t known_once = PTHREAD_ONCE_INIT;

static unsigned char
first_of(const char *text)
{
	return (unsigned char)nd_lower(*text);
}

static uint64_t
length_bit(size_t len)
{
	return (uint64_t)1 << (len < 63 ? len : 63);
}

static void
note_headers(const char *const *words, size_t count)
{
	for (size_t i = 0; i < count && words[i]; i++)
		known.header[first_of(words[i])] |=
			length_bit(strlen(words[i]));
}

static void
note_firsts(bool *firsts, const char *const *words)
{
	for (size_t i = 0; i < ND_CLIENTWORDS_MAX && words[i]; i++)
		firsts[first_of(words[i])] = true;
}

static void
note_all(void)
{
	note_headers(raw, sizeof raw / sizeof *raw);
	note_headers(others, sizeof others / sizeof *others);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		note_headers(table[i].from, ND_CLIENTWORDS_MAX);
		note_headers(table[i].date, ND_CLIENTWORDS_MAX);
		note_headers(table[i].to, ND_CLIENTWORDS_MAX);
		note_headers(table[i].cc, ND_CLIENTWORDS_MAX);
		note_headers(table[i].subject, ND_CLIENTWORDS_MAX);
		note_firsts(known.heading, table[i].original);
		note_firsts(known.heading, table[i].forwarded);
		note_firsts(known.opening, table[i].opening);
	}
}

static unsigned
header_in(const struct nd_clientwords *row, const char *name, size_t len)
{
	const struct {
		const char *const *words;
		unsigned key;
	} columns[] = {
		{row->from, ND_CLIENTWORDS_FROM},
		{row->date, ND_CLIENTWORDS_DATE},
		{row->to, ND_CLIENTWORDS_TO},
		{row->subject, ND_CLIENTWORDS_SUBJECT},
		{row->cc, ND_CLIENTWORDS_OTHER},
	};

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (is_in(columns[i].words, ND_CLIENTWORDS_MAX, name, len))
			return columns[i].key;
	return 0;
}

/* The names that are headers of mails, too (RFC 5322, 3.6). */
static bool
is_plain(const char *name, size_t len)
{
	static const char *const plain[] = {"From",    "Date", "To", "Cc",
	                                    "Subject", "Bcc",  NULL};

	return is_in(plain, sizeof plain / sizeof *plain, name, len);
}

unsigned
nd_clientwords_header(const char *name, size_t len)
{
	if (len == 0 || len > HEADER_NAME_BYTES)
		return 0;
	pthread_once(&known_once, note_all);
	if (!(known.header[first_of(name)] & length_bit(len)))
		return 0;
	if (is_in(raw, sizeof raw / sizeof *raw, name, len))
		return ND_CLIENTWORDS_RAW;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		unsigned key = header_in(&table[i], name, len);

		if (key)
			return is_plain(name, len) ? key
			                           : key | ND_CLIENTWORDS_SHOWN;
	}
	return is_in(others, sizeof others / sizeof *others, name, len)
	               ? ND_CLIENTWORDS_OTHER
	               : 0;
}

/* "Forwarded message", "Forwarded message from X" */
static bool
heads(const char *const *words, const char *text, size_t len)
{
	for (size_t i = 0; i < ND_CLIENTWORDS_MAX && words[i]; i++) {
		if (nd_mem_is_nocase(text, len, words[i]))
			return true;
		if (strchr(words[i], ' ') &&
		    nd_mem_starts_nocase(text, len, words[i]) &&
		    strchr(" /:-", text[strlen(words[i])]))
			return true;
	}
	return false;
}

bool
nd_clientwords_is_heading(const char *text, size_t len)
{
	pthread_once(&known_once, note_all);
	if (len == 0 || !known.heading[first_of(text)])
		return false;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (heads(table[i].original, text, len) ||
		    heads(table[i].forwarded, text, len))
			return true;
	return false;
}

/* Words that end in a blank have a name behind them: "Message from X". */
static bool
is_in_or_before_name(const char *const *words, const char *text, size_t len)
{
	for (size_t i = 0; i < ND_CLIENTWORDS_MAX && words[i]; i++) {
		size_t want = strlen(words[i]);

		if (words[i][want - 1] == ' '
		            ? len > want &&
		                      nd_mem_starts_nocase(text, len, words[i])
		            : nd_mem_is_nocase(text, len, words[i]))
			return true;
	}
	return false;
}

bool
nd_clientwords_is_bare_heading(const char *text, size_t len)
{
	for (size_t i = 0; len > 0 && i < sizeof table / sizeof *table; i++)
		if (is_in_or_before_name(table[i].bare, text, len))
			return true;
	return false;
}

bool
nd_clientwords_is_ending(const char *text, size_t len)
{
	for (size_t i = 0; len > 0 && i < sizeof table / sizeof *table; i++)
		if (is_in_or_before_name(table[i].ending, text, len))
			return true;
	return false;
}

bool
nd_clientwords_is_opening(const char *text, size_t len)
{
	pthread_once(&known_once, note_all);
	if (len == 0 || !known.opening[first_of(text)])
		return false;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *const *words = table[i].opening;

		for (size_t k = 0; k < ND_CLIENTWORDS_MAX && words[k]; k++)
			if (nd_mem_starts(text, len, words[k]))
				return true;
	}
	return false;
}

bool
nd_clientwords_has_on(const char *text)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *const *words = table[i].on;

		for (size_t k = 0; k < ND_CLIENTWORDS_MAX && words[k]; k++)
			if (nd_str_starts(text, words[k]))
				return true;
	}
	return false;
}

const char *
nd_clientwords_find_wrote(const char *text, const char **start)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *const *words = table[i].wrote;

		for (size_t k = 0; k < ND_CLIENTWORDS_MAX && words[k]; k++) {
			const char *at = strstr(text, words[k]);

			if (!at)
				continue;
			if (start)
				*start = at;
			return at + strlen(words[k]);
		}
	}
	return NULL;
}
