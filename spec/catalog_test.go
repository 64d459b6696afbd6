package spec_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/spec"
)

// TestCatalogue compares the description with the catalogue, page by page and field by field, in
// both directions.
func TestCatalogue(t *testing.T) {
	pages := readCatalog(t)
	ops := readSpec(t, spec.FS)
	met := readDifferences(t)
	t.Run("count", func(t *testing.T) { checkCount(t, pages) })
	groups := map[string][]*pageOp{}
	for _, p := range pages {
		group := p.service()
		if p.event != "" {
			group = "notifications"
		}
		groups[group] = append(groups[group], p)
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		t.Run(group, func(t *testing.T) {
			for _, p := range groups[group] {
				c := &comparison{page: p, op: ops[p.name()], met: met}
				c.compare()
				for _, fault := range c.faults {
					t.Error(fault)
				}
			}
		})
	}
	t.Run("nothing more", func(t *testing.T) { checkNothingMore(t, pages, ops, met) })
	t.Run("differences", func(t *testing.T) { met.unused(t, "page") })
}

// readSpec reads the operations and notifications of a description.
func readSpec(t *testing.T, fsys fs.FS) map[string]*rawspec.Operation {
	t.Helper()
	d, err := rawspec.Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	ops, err := d.Operations()
	if err != nil {
		t.Error(err)
	}
	return ops
}

// checkCount checks the number of pages, so that no page is left out of the comparison.
func checkCount(t *testing.T, pages []*pageOp) {
	operations, notifications := 0, 0
	for _, p := range pages {
		if p.event == "" {
			operations++
		} else {
			notifications++
		}
	}
	if operations != 1019 || notifications != 102 {
		t.Errorf("the catalogue has %d operations and %d notifications, wanted 1019 and 102",
			operations, notifications)
	}
}

// checkNothingMore finds operations with a document that neither a page nor another source in the
// table of differences has, such as one with a misspelt path. An operation without a document is an
// addition. The catalogue has paths below /v3 alone.
func checkNothingMore(t *testing.T, pages []*pageOp, ops map[string]*rawspec.Operation,
	met *differences) {
	known := map[string]bool{}
	for _, p := range pages {
		known[p.name()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(ops)) {
		if strings.HasPrefix(ops[name].Path, "/brand/") {
			continue
		}
		if !known[name] && !met.known("page", name, "operation", "more") &&
			ops[name].At("externalDocs").Exists() {
			t.Errorf("%s: %s: no page has it", ops[name].Pos(), name)
		}
	}
}

// A comparison compares one operation of a page with the description.
type comparison struct {
	page   *pageOp
	op     *rawspec.Operation
	met    *differences
	faults []string
}

// fault records a mismatch: the lines on the page and in the description, the field, and the
// mismatch.
func (c *comparison) fault(line int, v rawspec.View, field, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if c.met.known("page", c.page.name(), field, kindOf(text)) {
		return
	}
	at := fmt.Sprintf("%s:%d", c.page.file, line)
	if line < 0 {
		at = fmt.Sprintf("corrections.tsv:%d", -line)
	}
	c.faults = append(c.faults, fmt.Sprintf("%s: %s: %s: %s: %s", at, v.Pos(), c.page.name(), field,
		text))
}

func (c *comparison) compare() {
	p, op := c.page, c.op
	if op == nil {
		c.fault(p.line, rawspec.View{}, "", "missing from the description")
		return
	}
	c.compareHead()
	if p.event != "" {
		c.fields("resource", p.resource, op.Schema)
		return
	}
	c.parameters("path", p.params)
	c.parameters("query", p.query)
	c.parameters("header", p.headers)
	c.body()
	c.reply()
}

// compareHead compares title, documents and server.
func (c *comparison) compareHead() {
	p, op := c.page, c.op
	title := op.At("summary").Text()
	if p.event != "" {
		if title == "" || !strings.HasPrefix(p.title, title) {
			c.fault(p.line, op.View, "summary", "is %q, wanted the page's %q", title, p.title)
		}
	} else if title != p.title {
		c.fault(p.line, op.View, "summary", "is %q, wanted %q", title, p.title)
	}
	docs := append([]string{op.At("externalDocs", "url").Text()}, op.At("x-wxpay-docs").Texts()...)
	for _, url := range p.docs {
		if !slices.Contains(docs, url) {
			c.fault(p.line, op.View, "externalDocs", "lacks %s", url)
		}
	}
	server := strings.TrimSuffix(p.server, "/")
	if got := op.Server(); got != server &&
		(server != "" || got != "https://api.mch.weixin.qq.com") {
		c.fault(p.line, op.View, "servers", "is %q, wanted %q", got, server)
	}
}

// parameters compares the parameters of one location, in both directions.
func (c *comparison) parameters(in string, rows []*row) {
	for _, r := range rows {
		param := c.op.Parameter(in, r.name)
		field := in + "." + r.name
		if !param.Exists() {
			c.fault(r.line, c.op.View, field, "missing from the description")
			continue
		}
		required := param.At("required").Is("true")
		if in == "path" && required || in == "header" && isRuntimeHeader(r.name) {
			required = r.required // path parameters and runtime headers always are
		}
		c.field(field, r, param.At("schema"), required, param)
	}
	for _, param := range c.op.Parameters {
		name := param.At("name").Text()
		if !param.At("in").Is(in) || find(rows, name) != nil ||
			(in == "header" && isRuntimeHeader(name)) {
			continue
		}
		if in == "path" && (strings.Contains(c.op.Path, "{"+name+"}")) {
			continue // some pages have no row for it; an alias has another name
		}
		c.fault(c.page.line, param, in+"."+name, "neither the page nor the corrections have it")
	}
}

// body compares the JSON or multipart body.
func (c *comparison) body() {
	p, op := c.page, c.op
	switch {
	case p.form != nil:
		if op.Content != "multipart/form-data" {
			c.fault(p.line, op.View, "request", "is %q, wanted multipart/form-data", op.Content)
			return
		}
		c.form()
	case p.hasJSON:
		if op.Content != "application/json" {
			c.fault(p.line, op.View, "request", "is %q, wanted application/json", op.Content)
			return
		}
		c.fields("request", p.json, op.Schema)
	case op.Content != "":
		c.fault(p.line, op.View, "request", "is %s, which the page does not have", op.Content)
	}
}

// form compares a multipart body: the JSON part with its fields, and the file.
func (c *comparison) form() {
	parts := c.op.Schema.At("properties")
	for _, r := range c.page.form {
		part, field := parts.At(r.name), "request."+r.name
		switch {
		case !part.Exists():
			c.fault(r.line, c.op.Schema, field, "missing from the description")
		case r.rows != nil:
			c.fields(field, r.rows, part)
		case part.Type() != "string" || !part.At("format").Is("binary"):
			c.fault(r.line, part, field, "is not a file")
		}
	}
	for _, name := range parts.Keys() {
		if find(c.page.form, name) == nil {
			c.fault(c.page.line, parts.At(name), "request."+name,
				"neither the page nor the corrections have it")
		}
	}
}

// reply compares the response.
func (c *comparison) reply() {
	p, op := c.page, c.op
	code, kind, schema := op.Reply()
	unsigned := op.At("x-wxpay-unsigned").Is("true")
	if unsigned != p.download {
		c.fault(p.line, op.View, "response", "x-wxpay-unsigned is %v, wanted %v", unsigned,
			p.download)
	}
	switch {
	case p.noContent:
		if code == "" || kind != "" {
			c.fault(p.line, op.View, "response", "is %s %s, wanted no content", code, kind)
		}
	case p.download:
		if kind != "application/octet-stream" || schema.Type() != "string" ||
			!schema.At("format").Is("binary") {
			c.fault(p.line, op.View, "response", "is %s, wanted a file", kind)
		}
	case kind != "application/json":
		c.fault(p.line, op.View, "response", "is %s %q, wanted application/json", code, kind)
	default:
		c.fields("response", p.reply, schema)
	}
}

// fields compares the fields of an object, in both directions.
func (c *comparison) fields(where string, rows []*row, schema rawspec.View) {
	if len(rows) > 0 && schema.Type() != "object" {
		c.fault(rows[0].line, schema, where, "is %q, wanted an object", schema.Type())
		return
	}
	props, required := schema.At("properties"), schema.At("required").Texts()
	for _, r := range rows {
		prop, field := props.At(r.name), where+"."+r.name
		if !prop.Exists() {
			c.fault(r.line, schema, field, "missing from the description")
			continue
		}
		c.field(field, r, prop, slices.Contains(required, r.name), prop)
	}
	for _, name := range props.Keys() {
		if find(rows, name) == nil {
			c.fault(c.page.line, props.At(name), where+"."+name,
				"neither the page nor the corrections have it")
		}
	}
	for _, name := range required {
		if !props.At(name).Exists() {
			c.fault(c.page.line, schema, where+"."+name, "is required, but no property")
		}
	}
}
