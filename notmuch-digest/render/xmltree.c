/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xmltree.h"

#include <libxml/tree.h>

#include "render/escape.h"
#include "util/alloc.h"
#include "util/limits.h"

static const xmlChar *
chars(const char *text)
{
	return (const xmlChar *)text;
}

static int
free_document(xmlDoc **doc)
{
	xmlFreeDoc(*doc);
	return 0;
}

struct _xmlNode *
nd_xmltree_new(const void *ctx, const char *name, const char *namespace)
{
	xmlDoc **doc = x_new(ctx, xmlDoc *);
	xmlNode *root;

	*doc = x_check(xmlNewDoc(chars("1.0")));
	talloc_set_destructor(doc, free_document);
	root = x_check(xmlNewDocNode(*doc, NULL, chars(name), NULL));
	xmlDocSetRootElement(*doc, root);
	xmlSetNs(root, x_check(xmlNewNs(root, chars(namespace), NULL)));
	return root;
}

struct _xmlNode *
nd_xmltree_add(struct _xmlNode *parent, const char *name, const char *text)
{
	xmlNode *node = x_check(xmlNewChild(parent, NULL, chars(name), NULL));

	nd_xmltree_say(node, text);
	return node;
}

struct _xmlNode *
nd_xmltree_add_of(struct _xmlNode *parent, const char *name,
                  const char *namespace)
{
	xmlNode *node = nd_xmltree_add(parent, name, "");

	xmlSetNs(node, x_check(xmlNewNs(node, chars(namespace), NULL)));
	return node;
}

void
nd_xmltree_say(struct _xmlNode *node, const char *text)
{
	char *safe = nd_escape_terminal(NULL, text);

	if (*safe)
		xmlAddChild(node, x_check(xmlNewText(chars(safe))));
	talloc_free(safe);
}

void
nd_xmltree_blank(struct _xmlNode *node)
{
	xmlAddChild(node, x_check(xmlNewText(chars(" "))));
}

void
nd_xmltree_set(struct _xmlNode *node, const char *attribute, const char *value)
{
	char *safe = nd_escape_terminal(NULL, value);

	x_check(xmlNewProp(node, chars(attribute), chars(safe)));
	talloc_free(safe);
}

static void
add_texts(struct nd_buf *out, const xmlNode *node)
{
	if (node->type == XML_TEXT_NODE)
		nd_buf_addf(out, "%s ", (const char *)node->content);
	for (node = node->children; node; node = node->next)
		add_texts(out, node);
}

char *
nd_xmltree_text(const void *ctx, const struct _xmlNode *node)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_OUTPUT_BYTES);

	add_texts(out, node);
	return nd_buf_finish(ctx, out);
}

void
nd_xmltree_print(struct _xmlNode *node, struct nd_buf *out)
{
	xmlChar *bytes = NULL;
	int len = 0;

	xmlDocDumpFormatMemoryEnc(node->doc, &bytes, &len, "UTF-8", 1);
	x_check(bytes);
	nd_buf_add(out, (const char *)bytes, (size_t)len);
	xmlFree(bytes);
}
