/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/cms.h"

#include <stdbool.h>
#include <string.h>

enum { /* X.690, 8.1.2 and the universal tags */
       TAG_END = 0x00,
       TAG_OCTETS = 0x04,
       TAG_OID = 0x06,
       CONSTRUCTED = 0x20,
       TAG_SEQUENCE = 0x30,
       TAG_EXPLICIT_0 = 0xa0,
};

/* What is left to be read. */
struct der {
	const unsigned char *at, *end;
};

struct element {
	unsigned tag;
	bool indefinite; /* its end is marked by an element of its own */
	size_t len;      /* 0 when indefinite */
};

/* Read a header, and stand behind it; false: damaged, or cut. */
static bool
read_header(struct der *der, struct element *out)
{
	size_t bytes;

	if (der->end - der->at < 2)
		return false;
	out->tag = *der->at++;
	out->len = *der->at++;
	out->indefinite = false;
	if ((out->tag & 0x1f) == 0x1f) /* no such tag where we read */
		return false;
	if (out->len == 0x80) {
		out->indefinite = true;
		out->len = 0;
		return out->tag & CONSTRUCTED;
	}
	if (out->len > 0x80) {
		bytes = out->len & 0x7f;
		if (bytes > sizeof out->len ||
		    bytes > (size_t)(der->end - der->at))
			return false;
		out->len = 0;
		while (bytes-- > 0)
			out->len = out->len << 8 | *der->at++;
	}
	return out->len <= (size_t)(der->end - der->at);
}

/* Stand behind the next element and all that is in it. */
static bool
skip(struct der *der)
{
	size_t open = 0; /* of those whose end is marked */

	do {
		struct element element;

		if (!read_header(der, &element))
			return false;
		if (element.indefinite)
			open++;
		else if (element.tag == TAG_END && element.len == 0 && open > 0)
			open--;
		else
			der->at += element.len;
	} while (open > 0);
	return true;
}

/* Go into the next element when it has this tag. */
static bool
enter(struct der *der, unsigned tag, struct element *out)
{
	if (!read_header(der, out) || out->tag != tag)
		return false;
	if (!out->indefinite)
		der->end = der->at + out->len;
	return true;
}

/* Go into a structure: its OID, and what it is of. */
static bool
enter_content(struct der *der, struct der *oid)
{
	struct element element;

	if (!enter(der, TAG_SEQUENCE, &element))
		return false;
	if (!read_header(der, &element) || element.tag != TAG_OID)
		return false;
	oid->at = der->at;
	oid->end = der->at += element.len;
	return true;
}

static bool
is_oid(const struct der *oid, const unsigned char *prefix, size_t len)
{
	return (size_t)(oid->end - oid->at) > len &&
	       memcmp(oid->at, prefix, len) == 0;
}

/* 1.2.840.113549.1.7.N, and .1.9.16.1.N for newer ones */
static const unsigned char pkcs7[] = {0x2a, 0x86, 0x48, 0x86,
                                      0xf7, 0x0d, 0x01, 0x07};
static const unsigned char smime[] = {0x2a, 0x86, 0x48, 0x86, 0xf7,
                                      0x0d, 0x01, 0x09, 0x10, 0x01};

enum { PKCS7_DATA = 1, PKCS7_SIGNED_DATA = 2 }; /* that N */

static bool
is_pkcs7(const struct der *oid, unsigned char n)
{
	return is_oid(oid, pkcs7, sizeof pkcs7) &&
	       oid->end - oid->at == sizeof pkcs7 + 1 &&
	       oid->at[sizeof pkcs7] == n;
}

/*
 * The length of the whole is not looked at: a structure that was cut is one.
 */
enum nd_cms
nd_cms_kind(const unsigned char *bytes, size_t len)
{
	size_t at = 2;
	struct der oid;

	if (len < 16 || bytes[0] != TAG_SEQUENCE)
		return ND_CMS_NONE;
	if (bytes[1] > 0x80)
		at += bytes[1] & 0x7f;
	if (at + 2 + sizeof smime + 1 > len || bytes[at] != TAG_OID)
		return ND_CMS_NONE;
	oid.at = bytes + at + 2;
	oid.end = oid.at + bytes[at + 1];
	if (oid.end > bytes + len)
		return ND_CMS_NONE;
	if (is_pkcs7(&oid, PKCS7_SIGNED_DATA))
		return ND_CMS_SIGNED;
	if (is_oid(&oid, pkcs7, sizeof pkcs7) ||
	    is_oid(&oid, smime, sizeof smime))
		return ND_CMS_OTHER;
	return ND_CMS_NONE;
}

/* Append the text of an OCTET STRING, which BER lets come in pieces. */
static bool
add_octets(struct nd_buf *out, struct der *der)
{
	struct element element;
	size_t open = 0;

	if (!read_header(der, &element))
		return false;
	if (element.tag == TAG_OCTETS) {
		nd_buf_add(out, (const char *)der->at, element.len);
		return true;
	}
	if (element.tag != (TAG_OCTETS | CONSTRUCTED))
		return false;
	if (element.indefinite)
		open = 1;
	else
		der->end = der->at + element.len;
	while (open > 0 || der->at < der->end) {
		if (!read_header(der, &element))
			return false;
		if (element.tag == TAG_OCTETS) {
			nd_buf_add(out, (const char *)der->at, element.len);
			der->at += element.len;
		} else if (element.tag == (TAG_OCTETS | CONSTRUCTED)) {
			open += element.indefinite;
		} else if (element.tag == TAG_END && open > 0) {
			if (--open == 0)
				return true;
		} else {
			return false;
		}
	}
	return true;
}

/* Go to the EncapsulatedContentInfo (RFC 5652, 5.2) of signed-data. */
static bool
enter_signed(struct der *der, struct der *type)
{
	struct element element;

	return enter_content(der, type) &&
	       enter(der, TAG_EXPLICIT_0, &element) &&
	       enter(der, TAG_SEQUENCE, &element) &&
	       skip(der) && /* the version */
	       skip(der) && /* digestAlgorithms */
	       enter_content(der, type);
}

enum nd_cms
nd_cms_signed_content(struct nd_buf *out, const unsigned char *bytes,
                      size_t len)
{
	struct der der = {bytes, bytes + len}, type;
	struct element element;
	size_t before = out->len;

	if (!enter_signed(&der, &type))
		return ND_CMS_NONE;
	if (!is_pkcs7(&type, PKCS7_DATA))
		return ND_CMS_OTHER;
	if (!enter(&der, TAG_EXPLICIT_0, &element))
		return ND_CMS_NONE;
	if (!add_octets(out, &der) || out->full) {
		nd_buf_cut(out, before);
		return ND_CMS_NONE;
	}
	return ND_CMS_SIGNED;
}
