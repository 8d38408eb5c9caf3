#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write mail that must not leave: private.py encrypted|quoted|clear MAILDIR

Each form is a thread of its own. encrypted: subjects "enc-NAME", the cipher
text holds KUMQUAT. quoted: subjects "quo-NAME", a mail to private@example.org
whose secret has the word KUMQUAT, and one to list@example.org that quotes it.
clear: subjects "cle-NAME", which look alike and are not encrypted. The names
are printed.
"""
import base64
import os
import quopri
import sys

N = 0
CIPHER = ("hQEMA6KUMQUAT1234567890abcdefghijklmnopqrstuvwxyz\n"
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab\n"
          "=KUMQ\n")
ARMOUR = ("-----BEGIN PGP MESSAGE-----\n\n" + CIPHER +
          "-----END PGP MESSAGE-----\n")
OID = bytes.fromhex("06092a864886f70d0107")
ENVELOPED = b"\x30\x82\x01\x00" + OID + b"\x03\xa0\x80KUMQUAT" + b"\0" * 250
SIGNED = b"\x30\x82\x01\x00" + OID + b"\x02\xa0\x80" + b"plain" + b"\0" * 250


def der(tag, *parts):
    data = b"".join(parts)
    size = len(data)
    if size < 128:
        return bytes([tag, size]) + data
    return bytes([tag, 0x82, size >> 8, size & 255]) + data


def ber(tag, *parts):
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def opaque(entity, kind=1, wrap=der):
    """S/MIME signed-data around an entity; kind: of pkcs7, 1 is data."""
    entity = entity.encode()
    octets = der(4, entity) if wrap is der else ber(0x24, *(
        der(4, entity[i:i + 40]) for i in range(0, len(entity), 40)))
    inner = wrap(0x30, OID + bytes([kind]), wrap(0xa0, octets))
    return wrap(0x30, OID + b"\2", wrap(0xa0, wrap(
        0x30, b"\2\1\1", wrap(0x31, der(0x30, der(6, b"\x2a"))), inner,
        der(0x31))))


PACKET = b"\x85\x01\x0c\x03" + b"KUMQUAT!" * 40


def b64(data):
    data = data if isinstance(data, bytes) else data.encode()
    return base64.encodebytes(data).decode()


def qp(data):
    return quopri.encodestring(data.encode()).decode()


def write(maildir, subject, head, body, to="list@example.org", who="Ann Autumn",
          mid=None, ref=None, name=None):
    global N
    N += 1
    mid = mid or "p%d.%s@example.org" % (N, subject.replace(" ", ""))
    text = ("From: %s <%s@example.org>\nTo: %s\nSubject: %s\n"
            "Date: Wed, 01 Apr 2026 10:%02d:00 +0000\nMessage-ID: <%s>\n"
            % (who, who.split()[0].lower(), to, subject, N % 60, mid))
    if ref:
        text += "In-Reply-To: <%s>\nReferences: <%s>\n" % (ref, ref)
    text += "MIME-Version: 1.0\n" + head + "\n" + body
    path = os.path.join(maildir, "cur", name or "%04d:2,S" % N)
    with open(path, "wb") as f:
        f.write(text.encode("utf-8", "surrogateescape"))
    return mid


def part(head, body):
    return "--B\n%s\n%s\n" % (head, body)


def multi(subtype, *parts, extra=""):
    return ('Content-Type: multipart/%s; boundary="B"%s\n' % (subtype, extra),
            "".join(parts) + "--B--\n")


def leaf(kind, body, extra=""):
    return "Content-Type: %s\n%s" % (kind, extra), body


def nested(depth, head, body):
    for i in range(depth):
        head, body = ('Content-Type: multipart/mixed; boundary="n%d"\n' % i,
                      "--n%d\n%s\n%s\n--n%d--\n" % (i, head, body, i))
    return head, body


PLAIN = part("Content-Type: text/plain\n", "A word before it.\n")
B64 = "Content-Transfer-Encoding: base64\n"
OCTET = "Content-Type: application/octet-stream%s\n"
VERSION = part("Content-Type: application/pgp-encrypted\n", "Version: 1\n")


def attached(name, body, kind="application/octet-stream"):
    return part("Content-Type: %s; name=\"%s\"\nContent-Disposition: "
                "attachment; filename=\"%s\"\n%s" % (kind, name, name, B64),
                b64(body))


def encrypted():
    html = "<html><body><p>Hello</p><pre>%s</pre></body></html>\n"
    yield "pgp-mime", multi(
        "encrypted", VERSION, part(OCTET % "", ARMOUR),
        extra='; protocol="application/pgp-encrypted"')
    yield "mixed-mangled", multi(
        "mixed", part("Content-Type: text/plain\n", "\n"), VERSION,
        part(OCTET % '; name="encrypted.asc"', ARMOUR))
    yield "mixed-octet", multi(
        "mixed", PLAIN, attached("msg.bin", PACKET))
    yield "after-text", leaf("text/plain", "Hi,\n\nsee below.\n\n" + ARMOUR)
    yield "in-html", leaf("text/html", html % ARMOUR)
    yield "in-html-br", leaf("text/html", html % (
        "</pre><div>x</div>" + ARMOUR.replace("\n", "<br>\n")))
    yield "html-entities", leaf("text/html", html % ARMOUR.replace(
        "-", "&#45;").replace("BEGIN PGP", "BEGIN&nbsp;PGP"))
    yield "p7m-octet", multi("mixed", PLAIN, attached("smime.p7m", ENVELOPED))
    yield "cms-no-name", multi("mixed", PLAIN, part(OCTET % "" + B64,
                                                    b64(ENVELOPED)))
    for name in ("a.pgp", "a.gpg", "a.asc", "a.txt"):
        yield "octet-" + name[2:], multi("mixed", PLAIN,
                                         attached(name, ARMOUR))
    yield "binary-gpg", multi("mixed", PLAIN, attached("a.gpg", PACKET))
    yield "alternative", multi(
        "alternative", PLAIN, part("Content-Type: text/html\n" + B64,
                                   b64(html % ARMOUR)))
    yield "deep", nested(40, *leaf("text/plain", ARMOUR))
    yield "deep-type", nested(40, *leaf(
        "application/pkcs7-mime; smime-type=enveloped-data; name=x",
        b64(ENVELOPED), B64))
    yield "forwarded", multi("mixed", PLAIN, part(
        "Content-Type: message/rfc822\n",
        "From: x@example.org\nSubject: in it\nContent-Type: text/plain\n"
        + B64 + "\n" + b64("Text.\n" + ARMOUR)))
    yield "oversize-part", leaf("text/plain", "long line of words\n" * 300000
                                + ARMOUR)
    yield "application-pgp", leaf(
        "application/pgp; format=text; x-action=encrypt", ARMOUR)
    yield "application-pgp-bare", leaf("application/pgp", b64(PACKET), B64)
    otr = "AAMD" + "KUMQUATabcdefgh" * 8
    yield "otr", leaf("text/plain", f"?OTR:{otr}.\n")
    yield "otr-piece", leaf("text/plain",
                            f"> ?OTR|1ab2c3d4|5e6f7a8b,00001,00002,{otr},\n")
    yield "text-x-action", leaf("text/plain; x-action=pgp-encrypted",
                                CIPHER)
    yield "attached-text", multi("mixed", PLAIN, attached(
        "note.txt", "note\n" + ARMOUR, "text/plain"))
    for i, mark in enumerate(("> ", ">>> ", "| ", "│ ", "SR> ", "    ", "% ",
                              "» ", "Bob S> ", "- ", "＞ ")):
        yield "quoted-%d" % i, leaf(
            "text/plain; charset=utf-8",
            "Bob wrote:\n" + "".join(mark + line + "\n" for line in
                                     ARMOUR.splitlines()) + "\nWhat?\n")
    yield "dashes", leaf("text/plain; charset=utf-8", "See:\n" + ARMOUR.replace(
        "-----", "—–"))
    yield "spaces", leaf("text/plain", "See:\n" + ARMOUR.replace(
        "-----BEGIN PGP MESSAGE-----", "  - ---- BEGIN  PGP  MESSAGE ----  "))
    yield "part-1", leaf("text/plain", "See:\n" + ARMOUR.replace(
        "PGP MESSAGE", "PGP MESSAGE, PART 01/02"))
    yield "one-line", leaf("text/plain", "He sent this to me: " +
                           ARMOUR.replace("\n", " "))
    yield "base64", leaf("text/plain", b64("Hi.\n" + ARMOUR), B64)
    yield "qp", leaf("text/plain", qp("Hi =\n" + ARMOUR).replace("PGP", "P=47P"),
                     "Content-Transfer-Encoding: quoted-printable\n")
    yield "utf-16", leaf("text/plain; charset=utf-16",
                         b64(("Hi.\n" + ARMOUR).encode("utf-16")), B64)
    yield "enveloped", leaf("application/pkcs7-mime; smime-type=enveloped-data",
                            b64(ENVELOPED), B64)
    yield "p7m-no-type", leaf("application/x-pkcs7-mime", b64(ENVELOPED), B64)
    yield "p7m-garbage", leaf("application/pkcs7-mime", b64("?" * 99), B64)
    smime = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    inner = ("Content-Type: application/pkcs7-mime; name=x\n" + B64 + "\n" +
             b64(ENVELOPED))
    for name, wrap in ("der", der), ("ber", ber):
        yield "signed-enveloped-" + name, leaf(
            smime, b64(opaque(inner, wrap=wrap)), B64)
        yield "signed-armour-" + name, leaf(smime, b64(opaque(
            "Content-Type: text/plain\n" + B64 + "\n" + b64(ARMOUR),
            wrap=wrap)), B64)
    yield "signed-cipher", leaf(smime, b64(opaque("KUMQUAT" * 9, kind=3)), B64)
    yield "signed-twice", leaf(smime, b64(opaque(
        "Content-Type: %s\n%s\n%s" % (smime, B64, b64(opaque(inner))))), B64)
    yield "prologue", ('Content-Type: multipart/mixed\n', ARMOUR)


def clear():
    spoken = ('Files that begin with "-----BEGIN PGP MESSAGE-----" are fine.\n'
              "Words and nothing else.\n")
    yield "spoken-of", leaf("text/plain", spoken)
    yield "otr-talk", leaf("text/plain", "It begins with ?OTR: or\n"
                           "?OTRv3? there, which is told from the rest by its letters.\n")
    yield "signature", multi(
        "signed", PLAIN, part("Content-Type: application/pgp-signature; "
                              'name="signature.asc"\n',
                              "-----BEGIN PGP SIGNATURE-----\n\n" + CIPHER +
                              "-----END PGP SIGNATURE-----\n"))
    yield "clearsigned", leaf(
        "text/plain", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
        "Words.\n-----BEGIN PGP SIGNATURE-----\n\n" + CIPHER +
        "-----END PGP SIGNATURE-----\n")
    yield "key", multi("mixed", PLAIN, attached(
        "key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + CIPHER +
        "-----END PGP PUBLIC KEY BLOCK-----\n", "application/pgp-keys"))
    yield "key-gpg", multi("mixed", PLAIN, attached(
        "key.gpg", b"\x99\x01\x0d\x04" + b"k" * 300))
    yield "asciidoc", multi("mixed", PLAIN, attached("README.asc", "= Title\n"))
    words = "Content-Type: text/plain\n\nWater for it.\n"
    smime = "application/%s; %sname=smime.p7m"
    for name, kind in (
            ("typed", smime % ("pkcs7-mime", "smime-type=signed-data; ")),
            ("untyped", smime % ("x-pkcs7-mime", "")),
            ("octet", smime % ("octet-stream", ""))):
        yield "opaque-" + name, leaf(kind, b64(opaque(words)), B64)
        yield "opaque-ber-" + name, leaf(kind, b64(opaque(words, wrap=ber)),
                                         B64)
    yield "opaque-twice", leaf(smime % ("pkcs7-mime", ""), b64(opaque(
        "Content-Type: application/pkcs7-mime\n%s\n%s" %
        (B64, b64(opaque(words))))), B64)
    yield "smime-signed", leaf(
        "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
        b64(SIGNED), B64)


SECRET = ("The launch of the orchard project was moved to the ninth of "
          "November because the KUMQUAT supplier has gone out of business "
          "without telling anybody in the purchasing department about it.")


def wrap(width, text=SECRET):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line = (line + " " + word).strip()
    return lines + [line]


def marked(mark, width=60):
    return ("Bob wrote:\n" + "".join(mark + line + "\n" for line in wrap(width))
            + "\nThe orchard is in good shape otherwise.\n")


def quoted():
    utf8 = "text/plain; charset=utf-8"
    marks = ("> ", "| ", "│ ", "SR> ", "    ", "% ", ": ", "» ", "} ", "# ",
             "\t", "Bob Smith> ", ">| ", "12: ")
    for i, mark in enumerate(marks):
        yield "mark-%d" % i, leaf(utf8, marked(mark))
        yield "narrow-%d" % i, leaf(utf8, marked(mark, 22))
    yield "unmarked", leaf(utf8, "No.\n\nOn Monday Bob wrote:\n\n" + "\n".join(
        wrap(70)) + "\n")
    yield "no-attribution", leaf(utf8, "\n".join(wrap(33)) + "\n\nIs it so?\n")
    yield "in-words", leaf(utf8, "I hear that " + SECRET.lower().replace(
        " ", "  ") + " Is it so?\n")
    yield "flowed", leaf("text/plain; format=flowed",
                         "Look: \n" + " \n".join(wrap(40)) + "\n")
    yield "html", leaf("text/html", "<p>Look:</p><blockquote>%s</blockquote>"
                       "<p>Really?</p>\n" % SECRET.replace(
                           " the ", " <b>the</b> "))
    yield "html-div", leaf("text/html", "<p>Look:</p><div>%s</div>\n"
                           % "<br>".join(wrap(30)))
    yield "punctuation", leaf(utf8, "He said: “" + SECRET.upper().replace(
        " ", " – ") + "”\n")
    yield "forward", multi("mixed", PLAIN, part(
        "Content-Type: message/rfc822\n", "From: bob@example.org\nSubject: x\n"
        "Content-Type: text/plain\n\n" + "\n".join(wrap(50)) + "\n"))
    yield "patch", leaf(utf8, "A change.\n---\n a.txt | 1 +\n\ndiff --git "
                        "a/KUMQUAT.c b/KUMQUAT.c\n--- a/KUMQUAT.c\n+++ "
                        "b/KUMQUAT.c\n@@ -0,0 +1 @@\n+" + SECRET + "\n")
    yield "subject", leaf(utf8, "Yes.\n"), SECRET
    yield "short-subject", leaf(utf8, "Yes.\n"), "the KUMQUAT matter"
    yield "address", leaf(utf8, "I asked kumquat@example.org about it.\n"), None


def main():
    what, maildir = sys.argv[1:]
    for sub in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(maildir, sub), exist_ok=True)
    for name, mail, *more in globals()[what]():
        print(name)
        subject = "%s-%s" % (what[:3], name)
        if what != "quoted":
            first = write(maildir, subject, *leaf(
                "text/plain", "The orchard of %s needs water.\n" % name))
            write(maildir, "Re: " + subject, *mail, ref=first, who="Bob Berg")
            continue
        kept = more[0] if more and more[0] else subject
        who = "Kumquat Kim" if name == "address" else "Bob Berg"
        text = SECRET if name != "html" else SECRET.replace("KUMQUAT", "KUMQUAT")
        first = write(maildir, kept, *leaf(
            "text/plain", "Hello,\n\n" + "\n".join(wrap(72, text)) + "\n"),
                      to="private@example.org", who=who)
        write(maildir, "Re: " + kept, *mail, ref=first)


if __name__ == "__main__":
    main()
