package spec_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file reads the catalogue with its own parser. It shares only facts with the importer, so
// that a fault of the importer cannot hide itself.

// A pageOp is an operation or a notification of a page.
type pageOp struct {
	file                                                string
	line                                                int
	method, path, event, title                          string
	server                                              string
	params, query, headers, json, form, reply, resource []*row
	hasJSON, noContent, download                        bool
	docs                                                []string
	example                                             map[string]any
}

// name is the operation's name in messages.
func (o *pageOp) name() string {
	if o.event != "" {
		return o.event
	}
	return o.method + " " + o.path
}

// service is the first segment behind /v3 or /brand.
func (o *pageOp) service() string {
	segments := strings.Split(o.path, "/")
	return segments[min(2, len(segments)-1)]
}

// A row is a field of a page.
type row struct {
	line                              int
	indent                            int
	name, typ, label, format          string
	enum                              []string // the values on the page
	fixed                             []string // the values of the corrections
	array, required, secret, inString bool
	rows                              []*row
}

// pagesFolder is the catalogue's folder. Without one the test is skipped.
func pagesFolder(t *testing.T) string {
	dir := os.Getenv("WXGEN_CATALOG")
	if dir == "" {
		t.Skip("WXGEN_CATALOG is not set: it names the folder of the catalogue that the " +
			"description is compared with")
	}
	return dir
}

// readCatalog reads every page below the folder and applies the corrections.
func readCatalog(t *testing.T) []*pageOp {
	t.Helper()
	dir := pagesFolder(t)
	fixes := newMisprints()
	var ops []*pageOp
	for _, sub := range []string{"openapi", "webhook"} {
		err := filepath.WalkDir(filepath.Join(dir, sub),
			func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				rel, _ := filepath.Rel(dir, name)
				text, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				page, err := readPage(string(text), filepath.ToSlash(rel), fixes)
				ops = append(ops, page...)
				return err
			})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, unused := range fixes.unused() {
		t.Errorf("the table of misprints mends %q, which no page has any more: take the line out",
			unused)
	}
	for _, err := range applyCorrections(filepath.Join(dir, "corrections.tsv"), ops) {
		t.Error(err)
	}
	return ops
}

var (
	heading = regexp.MustCompile(`^#{1,2} (.*) \{#(\w+)\}$`)
	tableTR = regexp.MustCompile(
		`^\| (\S+)(?: \{([^}]*)\})? \| ([a-z]+)(\[\])?(?: \{([^}]*)\})? \| (.*)$`)
	indents = regexp.MustCompile(`data-indent=(\d+)`)
	quoted  = regexp.MustCompile("`([^`]*)`")
	linked  = regexp.MustCompile(`\]\((https?://[^)\s]*)\)`)
)

// readPage reads the operations of one page. rel is the page's path below the catalogue.
func readPage(text, rel string, fixes *misprints) ([]*pageOp, error) {
	p := &pageReader{file: rel, fixes: fixes}
	for n, line := range strings.Split(text, "\n") {
		if err := p.read(n+1, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", rel, n+1, err)
		}
	}
	if err := p.finish(); err != nil {
		return nil, fmt.Errorf("%s: %w", rel, err)
	}
	return p.ops, nil
}

// A pageReader reads a page line by line.
type pageReader struct {
	file    string
	fixes   *misprints
	ops     []*pageOp
	table   string // "request" or "response", inside such a table
	request []*row // flat; a divider is a row without a name
	example []string
	sample  bool
}

func (p *pageReader) read(n int, text string) error {
	text = p.fixes.mend(p.file, text)
	if p.sample {
		return p.readSample(text)
	}
	if m := heading.FindStringSubmatch(text); m != nil {
		return p.open(n, m[1], m[2])
	}
	switch {
	case strings.HasPrefix(text, "| 请求参数 |"):
		p.table = "request"
	case strings.HasPrefix(text, "| 返回字典 |"):
		p.table = "response"
	case strings.HasPrefix(text, "| --"), text == "":
	case strings.HasPrefix(text, "```json {#example}"):
		p.sample, p.example = true, nil
	case strings.HasPrefix(text, "|"):
		return p.readRow(n, text)
	case len(p.ops) > 0:
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			op := p.ops[len(p.ops)-1]
			op.docs = append(op.docs, m[1])
		}
	}
	return nil
}

// open starts an operation, and finishes the one before.
func (p *pageReader) open(n int, title, verb string) error {
	if verb == "mix" {
		return nil
	}
	if err := p.finish(); err != nil {
		return err
	}
	op := &pageOp{file: p.file, line: n, method: strings.ToUpper(verb), title: title}
	stem := strings.TrimSuffix(p.file, ".md")
	if event, ok := strings.CutPrefix(stem, "webhook/v3/"); ok {
		op.event = event
	} else {
		op.path = strings.TrimPrefix(stem, "openapi")
		if folder, ok := strings.CutSuffix(op.path, "/index"); ok {
			op.path = folder + "/"
		}
	}
	p.ops = append(p.ops, op)
	return nil
}

func (p *pageReader) readSample(text string) error {
	if text != "```" {
		p.example = append(p.example, text)
		return nil
	}
	p.sample = false
	d := json.NewDecoder(strings.NewReader(strings.Join(p.example, "\n")))
	d.UseNumber()
	return d.Decode(&p.ops[len(p.ops)-1].example)
}

func (p *pageReader) readRow(n int, text string) error {
	op := p.ops[len(p.ops)-1]
	if strings.HasPrefix(text, "| {colspan=") {
		p.add(op, &row{line: n})
		return nil
	}
	m := tableTR.FindStringSubmatch(strings.TrimRight(text, " ") + " ")
	if m == nil {
		return p.readMark(op, text)
	}
	r := &row{line: n, name: m[1], typ: m[3], array: m[4] != "",
		required: strings.Contains(m[2], "data-required")}
	if d := indents.FindStringSubmatch(m[2]); d != nil {
		r.indent, _ = strconv.Atoi(d[1])
	}
	r.secret = strings.Contains(m[5], "by-rsa-pubkey")
	r.inString = strings.Contains(m[5], "by-json_encode")
	r.label, _, _ = strings.Cut(strings.TrimSpace(m[6]), "<br/>")
	if strings.Contains(r.label, "`") {
		r.label = ""
	}
	for _, v := range quoted.FindAllStringSubmatch(m[6], -1) {
		if r.enum == nil || !slices.Contains(r.enum, v[1]) {
			r.enum = append(r.enum, v[1])
		}
	}
	if !slices.Contains([]string{"string", "integer", "number", "boolean", "object"}, r.typ) {
		return fmt.Errorf("unknown type %q", r.typ)
	}
	p.add(op, r)
	return nil
}

// readMark reads the two rows that replace a whole response.
func (p *pageReader) readMark(op *pageOp, text string) error {
	switch {
	case strings.HasPrefix(text, "| 空字符串(无返回内容) |"):
		op.noContent = true
	case strings.HasPrefix(text, "| 文件流"):
		op.download = true
	default:
		return fmt.Errorf("not a row: %s", text)
	}
	return nil
}

func (p *pageReader) add(op *pageOp, r *row) {
	if p.table == "request" {
		p.request = append(p.request, r)
	} else {
		op.reply = append(op.reply, r)
	}
}

// finish sorts the rows of the last operation into groups.
func (p *pageReader) finish() error {
	if len(p.ops) == 0 {
		return nil
	}
	op := p.ops[len(p.ops)-1]
	flat := p.request
	p.request, p.table = nil, ""
	op.reply = merge(nest(op.reply, 0))
	if op.event != "" {
		return op.takeResource(flat)
	}
	return op.takeGroups(nest(flat, 0))
}

// takeResource keeps the decrypted resource: everything below the first divider.
func (o *pageOp) takeResource(flat []*row) error {
	i := slices.IndexFunc(flat, func(r *row) bool { return r.name == "" })
	if i < 0 || i+1 == len(flat) {
		return fmt.Errorf("%s has no decrypted resource", o.event)
	}
	rest := flat[i+1:]
	base := rest[0].indent
	for _, r := range rest {
		if r.name != "" && r.indent < base {
			return fmt.Errorf("line %d: %s is indented less than the resource it stands in", r.line,
				r.name)
		}
	}
	o.resource = merge(nest(rest, base))
	if len(o.resource) == 1 && o.resource[0].name == "original_data" {
		// one page's name for the decrypted resource itself, in three variants
		o.resource = o.resource[0].rows
	}
	return nil
}

// takeGroups sorts the rows at indent 0 into path, query, headers, JSON and multipart.
func (o *pageOp) takeGroups(rows []*row) error {
	for _, r := range rows {
		switch {
		case r.name == "base_uri":
			o.server = r.enum[0]
		case r.name == "json":
			o.json, o.hasJSON = merge(r.rows), true
		case r.name == "query":
			o.query = merge(r.rows)
		case r.name == "headers":
			o.headers = merge(r.rows)
		case r.name == "body":
			o.form = merge(r.rows)
		case strings.Contains(o.path, "{"+r.name+"}"):
			o.params = append(o.params, r)
		default:
			return fmt.Errorf("line %d: %s is neither a group nor in the path %s", r.line, r.name,
				o.path)
		}
	}
	// Two pages list a path parameter among the query parameters.
	o.query = slices.DeleteFunc(o.query, func(r *row) bool {
		misplaced := strings.Contains(o.path, "{"+r.name+"}") && find(o.params, r.name) == nil
		if misplaced {
			o.params = append(o.params, r)
		}
		return misplaced
	})
	return nil
}

// nest makes a tree of rows: each belongs to the nearest one above with a smaller indent.
func nest(flat []*row, base int) []*row {
	var top, open []*row
	for _, r := range flat {
		if r.name == "" {
			continue // a divider: the indents suffice
		}
		for len(open) > 0 && open[len(open)-1].indent >= r.indent {
			open = open[:len(open)-1]
		}
		if len(open) == 0 || r.indent <= base {
			top, open = append(top, r), []*row{r}
			continue
		}
		parent := open[len(open)-1]
		parent.rows = append(parent.rows, r)
		open = append(open, r)
	}
	return top
}

// merge makes one field of all variants of it on a page. A field that some variants lack, or do not
// require, is optional.
func merge(rows []*row) []*row {
	var out []*row
	for _, r := range rows {
		r.rows = merge(r.rows)
		// Rows below a string are the JSON inside it, with or without the mark.
		r.inString = r.inString || (r.typ == "string" && r.rows != nil)
		if first := find(out, r.name); first != nil {
			first.unite(r)
			continue
		}
		out = append(out, r)
	}
	return out
}

func (r *row) unite(other *row) {
	r.required = r.required && other.required
	for _, v := range other.enum {
		if !slices.Contains(r.enum, v) {
			r.enum = append(r.enum, v)
		}
	}
	for _, c := range r.rows {
		c.required = c.required && find(other.rows, c.name) != nil
	}
	for _, c := range other.rows {
		if mine := find(r.rows, c.name); mine != nil {
			mine.unite(c)
			continue
		}
		c.required = false
		r.rows = append(r.rows, c)
	}
}

func find(rows []*row, name string) *row {
	for _, r := range rows {
		if r.name == name {
			return r
		}
	}
	return nil
}
