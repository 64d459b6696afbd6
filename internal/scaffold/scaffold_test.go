package scaffold

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/page"
)

// show prints rows on one line: name, type, marks and inner rows.
func show(rows []*page.Row) string {
	var parts []string
	for _, r := range rows {
		text := r.Name + " " + r.Type + r.Format
		if r.Array {
			text += "[]"
		}
		if r.Required {
			text += "!"
		}
		if r.Encrypted {
			text += "*"
		}
		if len(r.Rows) > 0 {
			text += "{" + show(r.Rows) + "}"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

func TestFields(t *testing.T) {
	for _, c := range []struct{ specs, want string }{
		{"a", "a string"},
		{
			"a: b",
			`field "a: b": unknown type " b"; use boolean, date, integer, number, object, string, time, required`,
		},
		{"a:required", "a string!"},
		{"a:time:required", "a stringdate-time!"},
		{"a:required:date", "a stringdate!"},
		{"a[]:integer", "a integer[]"},
		{"a.b,a.c.d:number", "a object{b string, c object{d number}}"},
		{"a[]:object:required,a[].b", "a object[]!{b string}"},
		{
			"a[].b,a.c",
			`field "a.c" is within a, which is a list of type object; write :object there, and [] in both or in none`,
		},
		{"a,a[]", `field "a[]" is there twice; leave one out`},
		{"a:integer:",
			`field "a:integer:": unknown type ""; use boolean, date, integer, number, object, string, time, required`},
		{
			"",
			`field "" has no name that can be sent; write one like out_trade_no, amount.total or goods[].id`,
		},
		{
			"a[][]",
			`field "a[][]" has no name that can be sent; write one like out_trade_no, amount.total or goods[].id`,
		},
	} {
		rows, err := fields(strings.Split(c.specs, ","))
		got := show(rows)
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", c.specs, got, c.want)
		}
	}
}

// A sensitive field is looked up in the request first, and then in the reply. One in the request
// makes the request name the key.
func TestSensitive(t *testing.T) {
	for _, c := range []struct {
		w    Wanted
		want string
	}{
		{Wanted{Method: "POST", Path: "/v3/a/{b}", Sensitive: []string{"b"}},
			"path b string!* serial"},
		{Wanted{Method: "POST", Path: "/v3/a/b", Sensitive: []string{"c.d"}},
			"body c object{d string*} serial"},
		{Wanted{Method: "GET", Path: "/v3/a/b", Sensitive: []string{"c"}},
			"query c string* serial"},
		{Wanted{Method: "GET", Path: "/v3/a/b", Query: []string{"c"}, Reply: []string{"c", "d"},
			Sensitive: []string{"c"}}, "query c string* reply c string, d string serial"},
		{Wanted{Method: "GET", Path: "/v3/a/b", Reply: []string{"c[].d"},
			Sensitive: []string{"c[].d"}}, "reply c object[]{d string*}"},
		{Wanted{Method: "POST", Path: "/v3/a/b", Body: []string{"c[]"}, Sensitive: []string{"c"}},
			"body c string[]* serial"},
	} {
		p, err := c.w.Page()
		if err != nil {
			t.Errorf("%v: %v", c.w, err)
			continue
		}
		var got []string
		op := p.Operations[0]
		for _, g := range []struct {
			name string
			rows []*page.Row
		}{{"path", op.PathParams}, {"query", op.Query}, {"body", op.JSON}, {"reply", op.Response}} {
			if len(g.rows) > 0 {
				got = append(got, g.name+" "+show(g.rows))
			}
		}
		for _, h := range op.Headers {
			got = append(got, strings.ToLower(strings.TrimPrefix(h.Name, "Wechatpay-")))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%v: %s\nwant %s", c.w, text, c.want)
		}
	}
}

func TestWhere(t *testing.T) {
	files := map[string][]byte{
		"a.yaml": []byte("paths:\n  /v3/a/{x}/:\n    get: {}\n"),
		"b.yaml": []byte("webhooks:\n  A.B:\n    post: {}\n"),
		"c.yaml": []byte("paths: [ # /v3/coffee, A.B"),
		"d.yaml": []byte("paths:\n  \"/v3/\\x63offee/{n}\":\n    get: {}\n"),
	}
	for _, c := range []struct {
		w    Wanted
		want string
	}{
		{Wanted{Method: "GET", Path: "/v3/a/{y}"}, "a.yaml:3:5"},
		{Wanted{Method: "POST", Path: "/v3/a/{y}"}, ""},
		{Wanted{Method: "GET", Path: "/v3/a/x"}, ""},
		{Wanted{Method: "GET", Path: "/v3/coffee/{n}"}, "d.yaml:3:5"},
		{Wanted{Event: "A.B"}, "b.yaml:3:5"},
		{Wanted{Event: "A"}, ""},
	} {
		got := ""
		if name, line, col := c.w.Where(files); name != "" {
			got = fmt.Sprintf("%s:%d:%d", name, line, col)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", fmt.Sprint(c.w), got, c.want)
		}
	}
}
