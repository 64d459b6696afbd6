package emit

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"github.com/wxgen/wxgen/templates"
)

// parsed are the templates of package templates, with their functions.
var parsed = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"comment": comment,
		"line":    oneLine,
		"count":   count,
		"cell":    cell,
		"link":    link,
		"clip":    func(text string) string { return strings.TrimRight(oneLine(text), "。.") },
	}).ParseFS(templates.FS, "*.tmpl")
})

// fill runs a template.
func fill(name string, data any) ([]byte, error) {
	t, err := parsed()
	if err != nil {
		return nil, fmt.Errorf("bug in wxgen: templates: %w", err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("bug in wxgen: template %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// prose renders a template that makes a Go file.
func goProse(name, tmpl string, data any) (map[string][]byte, error) {
	source, err := fill(tmpl, data)
	if err != nil {
		return nil, err
	}
	content, err := gofmt(name, source)
	return map[string][]byte{name: content}, err
}

// count is a number with its noun.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// cell escapes text for a cell of a Markdown table.
func cell(text string) string {
	return markdown.Replace(oneLine(text))
}

// markdown escapes signs of Markdown, and addresses and @names, which would become links.
var markdown = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `<`, `&lt;`, `>`, `&gt;`, `&`, `&amp;`,
	`[`, `\[`, `]`, `\]`, "`", "\\`", `*`, `\*`, `_`, `\_`,
	`~`, `\~`, `://`, `:&#47;/`, `@`, `&#64;`, `www.`, `www&#46;`, `#`, `\#`, `!`, `\!`)

// link escapes an address for the brackets behind a title, and for a cell.
func link(address string) string {
	return addresses.Replace(oneLine(address))
}

var addresses = strings.NewReplacer(`(`, `%28`, `)`, `%29`, `|`, `%7C`, `<`, `%3C`, `>`, `%3E`, ` `,
	`%20`, `"`, `%22`, "`", `%60`, `\`, `%5C`, `[`, `%5B`, `]`, `%5D`)
