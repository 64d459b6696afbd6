package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

// views are the templates of a language, by the name of their file.
type views map[string]*template.Template

// newViews reads the templates. Their texts are English; t translates them.
func newViews(lang string) views {
	list, err := files.ReadDir("templates")
	if err != nil {
		panic(err) // the folder is embedded
	}
	shared := template.Must(template.New("").Funcs(functions(lang)).ParseFS(files,
		"templates/layout.html", "templates/parts.html"))
	v := views{}
	for _, f := range list {
		name := strings.TrimSuffix(f.Name(), path.Ext(f.Name()))
		if name == "layout" || name == "parts" {
			continue
		}
		v[name] = template.Must(template.Must(shared.Clone()).ParseFS(files, "templates/"+f.Name()))
	}
	return v
}

func (v views) execute(w io.Writer, name string, f *frame) error {
	if v[name] == nil {
		return fmt.Errorf("there is no template %q", name)
	}
	return v[name].ExecuteTemplate(w, "layout.html", f)
}

func functions(lang string) template.FuncMap {
	return template.FuncMap{
		"t":     func(text string) string { return translate(lang, text) },
		"check": func(name string) string { return translate(lang, "check: "+name) },
		"clock": func(t time.Time) string { return t.In(clock.China).Format("15:04:05.000") },
		"date": func(t time.Time) string {
			return t.In(clock.China).Format("2006-01-02 15:04:05")
		},
		"ms":   func(ms float64) string { return fmt.Sprintf("%.1f ms", ms) },
		"tone": tone,
		"code": func(body []byte, sealed any) []span {
			list, _ := sealed.([]judge.Sealed) // nil for an absent value
			return spans(body, list)
		},
		"valid": func(text string) string { return strings.ToValidUTF8(text, "\uFFFD") },
		"text":  func(b []byte) string { return strings.ToValidUTF8(string(b), "\uFFFD") },
		"map":   pairsOf,
		"seg":   url.PathEscape,
	}
}

// pairsOf makes the argument of a part of a page: map "name" value ….
func pairsOf(pairs ...any) map[string]any {
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// tone is the colour of a status or state: good, bad, or open.
func tone(v any) string {
	switch text := fmt.Sprint(v); text {
	case "SUCCESS", "delivered", "pass", "FINISHED", "SIGNED", "DONE", "ACCEPTED":
		return "good"
	case "NOTPAY", "pending", "PROCESSING", "USERPAYING", "WAIT_USER_CONFIRM", "CREATED", "DOING",
		"WAIT_PAY", "":
		return "open"
	case "skip", "CLOSED", "REFUND", "REVOKED", "EXPIRED", "lost":
		return "done"
	case "fail", "FAIL", "PAYERROR", "given up", "not sent", "ABNORMAL":
		return "bad"
	default:
		return toneOfStatus(text)
	}
}

func toneOfStatus(text string) string {
	switch {
	case len(text) == 3 && text[0] == '2':
		return "good"
	case len(text) == 3 && (text[0] == '4' || text[0] == '5'):
		return "bad"
	}
	return "done"
}

//go:embed static templates
var files embed.FS

// frame is the argument of every template.
type frame struct {
	Lang, Theme string
	Title, View string
	Now         time.Time
	Ahead       time.Duration
	Faults      int
	Data        any

	at *url.URL
}

// With is the address of the page with one parameter changed.
func (f *frame) With(name, value string) string {
	q := f.at.Query()
	q.Set(name, value)
	return "?" + q.Encode()
}
