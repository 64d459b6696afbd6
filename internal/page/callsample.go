package page

import (
	"encoding/json"
	"net/url"
	"strings"
)

// A callSample is the sample call of an official page.
type callSample struct {
	body  *value            // the JSON
	query *value            // the query of the address
	path  map[string]string // the path's parameters
}

var sampleURL = lazy(`https?://[A-Za-z0-9.\-]+(/(?:v3|brand)/[^\s"'\\<>|]*)`)

// sample reads the sample call.
func (s *sheet) sample(path string) *callSample {
	text, _ := joined(s.parts[samplePart])
	c := &callSample{body: firstObject(text), path: map[string]string{}}
	for _, m := range sampleURL().FindAllStringSubmatch(text, -1) {
		u, err := url.Parse(m[1])
		if err != nil || !fits(u.Path, path, c.path) {
			continue
		}
		c.query = queryValue(u.RawQuery)
		break
	}
	return c
}

// fits reports whether an address matches a template, and stores the parameters' values.
func fits(address, template string, params map[string]string) bool {
	have, want := strings.Split(address, "/"), strings.Split(template, "/")
	if len(have) != len(want) {
		return false
	}
	found := map[string]string{}
	for i, step := range want {
		if name, ok := paramName(step); ok {
			found[name] = have[i]
		} else if step != have[i] {
			return false
		}
	}
	for name, v := range found {
		if v != "" && !strings.ContainsAny(v, "{}") {
			params[name] = v
		}
	}
	return true
}

// queryValue is a query in the order of its text.
func queryValue(raw string) *value {
	if raw == "" {
		return nil
	}
	v := &value{array: true, keys: []string{}}
	for pair := range strings.SplitSeq(raw, "&") {
		key, text, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(key)
		text, err2 := url.QueryUnescape(text)
		if err == nil && err2 == nil && isName(name) && v.field(name) == nil {
			v.keys, v.fields = append(v.keys, name), append(v.fields, &value{scalar: quote(text)})
		}
	}
	return v
}

// exampleOfSample is the example request of an operation: path parameters and the groups query and
// json.
func exampleOfSample(op *Operation, c *callSample) json.RawMessage {
	v := &value{array: true, keys: []string{}}
	put := func(key string, field *value) {
		v.keys, v.fields = append(v.keys, key), append(v.fields, field)
	}
	for _, r := range op.PathParams {
		if text := c.path[r.Name]; text != "" {
			put(r.Name, &value{scalar: quote(text)})
		}
	}
	if c.query != nil && len(op.Query) > 0 {
		put("query", c.query)
	}
	if c.body != nil && op.HasJSON {
		put("json", c.body)
	}
	if len(v.keys) == 0 {
		return nil
	}
	return v.json()
}
