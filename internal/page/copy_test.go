package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/spec"
)

// TestBrowserCopies copies every page of the catalogue as a browser does, without marks. In the
// imported copies every sealed field is sealed or has a question, and the fields are in the objects
// of the description.
func TestBrowserCopies(t *testing.T) {
	catalog(t)
	all := describedBy(t, "")
	count := compareCopies(t, func(*page.Page) *known.Description { return all })
	t.Logf("with the whole description: %v", count)
	if count.open > 0 || count.unread > 0 {
		t.Errorf("%d sealed fields have neither mark nor question, %d pages cannot be read",
			count.open, count.unread)
	}
	if share := float64(count.same) / float64(count.pages); share < 0.95 {
		t.Errorf("%.1f %% have their object, wanted 95", 100*share)
	}
}

// TestCopiesOfUnknownServices does the same without the page's own service in the description, as
// if the service were new.
func TestCopiesOfUnknownServices(t *testing.T) {
	catalog(t)
	cache := map[string]*known.Description{}
	count := compareCopies(t, func(p *page.Page) *known.Description {
		service := route.Service(p.Path)
		if p.Event != "" {
			service = "webhooks"
		}
		if cache[service] == nil {
			cache[service] = describedBy(t, service)
		}
		return cache[service]
	})
	t.Logf("without the page's own service: %v", count)
	if share := float64(count.same) / float64(count.pages); share < 0.75 {
		t.Errorf("%.1f %% have their object, wanted 75", 100*share)
	}
	if share := float64(count.open) / float64(count.sealed); share > 0.05 {
		t.Errorf("%.1f %% of the sealed fields have neither mark nor question, wanted 5", 100*share)
	}
}

var wholeDescription = []*known.Source{}

// describedBy returns the facts of the built-in description without one service.
func describedBy(t *testing.T, without string) *known.Description {
	t.Helper()
	if len(wholeDescription) == 0 {
		api, err := load.Dir(spec.FS, load.Options{})
		if err != nil {
			t.Fatal(err)
		}
		wholeDescription = append(wholeDescription, &known.Source{API: api})
	}
	open := map[string]bool{}
	for _, s := range wholeDescription[0].API.Services {
		for _, file := range s.Sources {
			open[file] = s.Name == without
		}
	}
	if w := wholeDescription[0].API.Webhooks; w != nil && without == "webhooks" {
		for _, e := range w.Events {
			open[e.Source] = true
		}
	}
	return known.Of(known.Source{API: wholeDescription[0].API, Open: open})
}

type copyCount struct{ pages, unread, same, sealed, marked, asked, open int }

func (c copyCount) String() string {
	return fmt.Sprintf("%d pages, %d cannot be read, %d have their object (%.1f %%); of %d sealed "+
		"fields %d are marked, %d asked about, %d neither",
		c.pages, c.unread, c.same, 100*float64(c.same)/float64(c.pages), c.sealed, c.marked,
		c.asked, c.open)
}

// copied is a page of the catalogue, and its text as a browser copies it.
type copied struct {
	name string
	page *page.Page
	text []byte
}

var copiesOnce = sync.OnceValues(func() (all []copied, err error) {
	texts, err := readSources(os.Getenv(catalogVar))
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if p, _ := parse(name, texts[name]); p != nil && len(p.Operations) > 0 {
			all = append(all, copied{name, p, []byte(browserCopy(p, texts[name]))})
		}
	}
	return all, err
})

func compareCopies(t *testing.T, about func(*page.Page) *known.Description) (c copyCount) {
	t.Helper()
	all, err := copiesOnce()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		name, p := one.name, one.page
		d := about(p)
		copies, faults := page.Parse("copy.txt", one.text,
			func() *known.Description { return d })
		c.pages++
		if len(copies) != 1 || len(copies[0].Operations) != len(p.Operations) {
			c.unread++
			t.Logf("%s: %d copies, %v", name, len(copies), faults)
			continue
		}
		same := true
		for i, op := range p.Operations {
			got, want := waysOf(copies[0].Operations[i]), waysOf(op)
			if ways := describedWays(d, p, op); ways != nil && sameWays(got, ways, want) {
				want = got // the page is wrong, and the description is not
			}
			same = same && maps.EqualFunc(got, want, func(_, _ *page.Row) bool { return true })
			c.seals(t, name, got, want)
		}
		if same {
			c.same++
		}
	}
	return c
}

// seals counts the sealed fields of an operation.
func (c *copyCount) seals(t *testing.T, name string, got, want map[string]*page.Row) {
	byName := map[string][]*page.Row{}
	for way, r := range got {
		byName[way[strings.LastIndexByte(way, '.')+1:]] =
			append(byName[way[strings.LastIndexByte(way, '.')+1:]], r)
	}
	for _, way := range slices.Sorted(maps.Keys(want)) {
		if !want[way].Encrypted {
			continue
		}
		rows := byName[want[way].Name]
		if got[way] != nil {
			rows = []*page.Row{got[way]}
		}
		c.sealed++
		switch {
		case slices.ContainsFunc(rows, func(r *page.Row) bool { return r.Encrypted }):
			c.marked++
		case slices.ContainsFunc(rows, func(r *page.Row) bool {
			return strings.Contains(r.Doubt, "encrypted?")
		}):
			c.asked++
		default:
			c.open++
			t.Logf("%s: %s is sealed, and has neither mark nor question", name, way)
		}
	}
}

// waysOf maps the paths of an operation's fields to their rows.
func waysOf(op *page.Operation) map[string]*page.Row {
	all := map[string]*page.Row{}
	var walk func(way string, rows []*page.Row)
	walk = func(way string, rows []*page.Row) {
		for _, r := range rows {
			all[way+"."+r.Name] = r
			walk(way+"."+r.Name, r.Rows)
		}
	}
	walk("path", op.PathParams)
	walk("query", op.Query)
	walk("json", op.JSON)
	walk("form", op.Form)
	walk("response", op.Response)
	walk("resource", op.Resource)
	return all
}

// describedWays lists the paths of an operation's fields in the description; nil if the description
// lacks it.
func describedWays(d *known.Description, p *page.Page, op *page.Operation) map[string]bool {
	all := map[string]bool{}
	var walk func(way string, o *known.Object, depth int)
	walk = func(way string, o *known.Object, depth int) {
		if o == nil || depth > 12 {
			return
		}
		for name, f := range o.Fields {
			all[way+"."+name] = true
			walk(way+"."+name, f.Object, depth+1)
		}
	}
	if p.Event != "" {
		walk("resource", d.Event(p.Event), 0)
		return all
	}
	about := d.Operation(op.Method, p.Path)
	if about == nil {
		return nil
	}
	for name := range about.Params {
		all["query."+name], all["path."+name] = true, true
	}
	walk("json", about.Body, 0)
	walk("form", about.Body, 0)
	walk("response", about.Response, 0)
	return all
}

// sameWays reports whether each field is at a path of the description or of the page.
func sameWays(got map[string]*page.Row, described map[string]bool, want map[string]*page.Row) bool {
	for way := range got {
		if !described[way] && want[way] == nil {
			return false
		}
	}
	return true
}

// browserCopy is the text of a page as a browser copies it: without separators between the cells of
// a row, without marks, with values on separate lines, and with the call below the table.
func browserCopy(p *page.Page, src []byte) string {
	var b strings.Builder
	b.WriteString("Skip to content\n\n")
	i := -1
	code := false
	for line := range strings.SplitSeq(string(src), "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
		case code, strings.HasPrefix(line, "{."), strings.HasPrefix(line, "| --"):
		case strings.HasPrefix(line, "#"):
			b.WriteString(attributes.ReplaceAllString(strings.TrimLeft(line, "# "), "") + "\n")
		case strings.HasPrefix(line, "| 请求参数"):
			i++
			b.WriteString("请求参数类型描述\n")
		case strings.HasPrefix(line, "| 返回字典"):
			if i < len(p.Operations) && p.Event == "" {
				b.WriteString("php\n" + phpCall(p, p.Operations[i]) + "\n")
			}
			b.WriteString("返回字典类型描述\n")
		case strings.HasPrefix(line, "|"):
			b.WriteString(gluedRow(line))
		default:
			b.WriteString(linkMark.ReplaceAllString(line, "$1") + "\n")
		}
	}
	return b.String()
}

var (
	attributes = regexp.MustCompile(`\s*\{[^}]*\}`)
	linkMark   = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	cellEnd    = regexp.MustCompile(`([^\\])\|`)
	lineBreak  = regexp.MustCompile(`(?i)<br\s*/?>`)
	unescape   = strings.NewReplacer("`", "", `\|`, "|")
)

func gluedRow(line string) string {
	cells := strings.SplitN(cellEnd.ReplaceAllString(strings.TrimPrefix(line, "|"), "$1\x00"),
		"\x00", 3)
	for i, c := range cells {
		if i < 2 {
			c = attributes.ReplaceAllString(c, "")
		}
		c = lineBreak.ReplaceAllString(c, "\n")
		cells[i] = strings.TrimSpace(unescape.Replace(strings.ReplaceAll(c, "\x00", "|")))
	}
	text := strings.TrimSpace(strings.Join(cells, ""))
	if text == "" {
		return "" // a divider
	}
	return text + "\n"
}

// phpCall is the sample call of the site.
func phpCall(p *page.Page, op *page.Operation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "$instance->chain('%s')->%sAsync(", strings.TrimPrefix(p.Path, "/"),
		strings.ToLower(op.Method))
	args := json.RawMessage("{}")
	if op.Example != nil {
		args = op.Example
	}
	dec := json.NewDecoder(bytes.NewReader(args))
	dec.UseNumber()
	phpValue(&b, dec, "")
	b.WriteString(")\n->wait();")
	return b.String()
}

// phpValue converts the next value of a JSON stream to PHP. Members keep their order.
func phpValue(b *strings.Builder, dec *json.Decoder, indent string) {
	token, err := dec.Token()
	if err != nil {
		return
	}
	switch v := token.(type) {
	case json.Delim:
		b.WriteString("[\n")
		for dec.More() {
			b.WriteString(indent + "  ")
			if v == '{' {
				key, _ := dec.Token()
				fmt.Fprintf(b, "'%s' => ", key)
			}
			phpValue(b, dec, indent+"  ")
			b.WriteString(",\n")
		}
		_, _ = dec.Token()
		b.WriteString(indent + "]")
	case string:
		b.WriteString("'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v) + "'")
	default:
		fmt.Fprint(b, v)
	}
}
