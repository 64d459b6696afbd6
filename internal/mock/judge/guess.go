package judge

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

type guess struct{ mistake, text string }

// guesses are strings that people sign by mistake.
func guesses(req *Request, a *Authorization) (list []guess) {
	uri, body := req.URI, string(req.Body)
	path, query, _ := strings.Cut(uri, "?")
	add := func(mistake, method, uri, body string) {
		list = append(list, guess{mistake, message(method, uri, a.Timestamp, a.Nonce, body)})
	}
	add("the query is missing from the signed path", req.Method, path, body)
	add("the host is part of the signed path", req.Method, route.Home+uri, body)
	add("the host is part of the signed path", req.Method, "http://"+req.Header.Get("Host")+uri,
		body)
	add("the body was not signed", req.Method, uri, "")
	add("the method is in lower case", strings.ToLower(req.Method), uri, body)
	if plain, err := url.PathUnescape(path); err == nil && plain != path {
		add("the path was signed without its escapes", req.Method,
			strings.TrimSuffix(plain+"?"+query, "?"), body)
	}
	if plain, err := url.QueryUnescape(query); err == nil && plain != query {
		add("the query was signed without its escapes", req.Method, path+"?"+plain, body)
	}
	if req.File != nil {
		add("the whole multipart body was signed; only its JSON part is", req.Method, uri,
			string(req.Raw))
	}
	for mistake, other := range rewritten(req.Body) {
		add(mistake, req.Method, uri, other)
	}
	if query != "" {
		add("the query was signed as if it were a body", req.Method, path, query)
	}
	lines := message(req.Method, uri, a.Timestamp, a.Nonce, body)
	return append(list,
		guess{"the last line end is missing", strings.TrimSuffix(lines, "\n")},
		guess{"the line ends are \\r\\n", strings.ReplaceAll(lines, "\n", "\r\n")},
		guess{"the line ends are a backslash and an n", strings.ReplaceAll(lines, "\n", `\n`)},
		guess{"nonce and timestamp are swapped",
			message(req.Method, uri, a.Nonce, a.Timestamp, body)},
		guess{"timestamp and nonce come first", a.Timestamp + "\n" + a.Nonce + "\n" + req.Method +
			"\n" + uri + "\n" + body + "\n"},
		guess{"what was signed is the form of replies and notifications",
			a.Timestamp + "\n" + a.Nonce + "\n" + body + "\n"},
	)
}

// rewritten are other spellings of the same JSON by libraries.
func rewritten(body []byte) map[string]string {
	out := map[string]string{
		"the body was signed without the line end at its end": strings.TrimSpace(string(body)),
	}
	var b bytes.Buffer
	if json.Compact(&b, body) == nil {
		out["the body was signed without blanks, and sent with them"] = b.String()
	}
	spaced := &bytes.Buffer{}
	if json.Indent(spaced, body, "", "  ") == nil {
		out["the body was signed indented, and sent otherwise"] = spaced.String()
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&v) == nil {
		if sorted, err := json.Marshal(v); err == nil {
			out["the body was signed in another order, or with other escapes, than it was sent"] =
				string(sorted)
		}
		plain := &bytes.Buffer{}
		e := json.NewEncoder(plain)
		e.SetEscapeHTML(false)
		if e.Encode(v) == nil {
			out["the body was signed in another order than it was sent"] =
				strings.TrimSpace(plain.String())
		}
	}
	return out
}
