package load

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// data decodes an example: numbers are json.Number, objects map[string]any. It is nil for a missing node.
func data(v view) any {
	switch {
	case v.isMap():
		object := make(map[string]any, v.size())
		for k, value := range v.entries() {
			object[k.text()] = data(value)
		}
		return object
	case v.isList():
		list := make([]any, 0, v.size())
		for _, item := range v.items() {
			list = append(list, data(item))
		}
		return list
	case v.isScalar():
		return scalar(v)
	}
	return nil
}

func scalar(v view) any {
	switch v.n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return v.text() == "true"
	case "!!int", "!!float":
		return number(v.text())
	}
	return v.text()
}

// number turns YAML's spellings of numbers into JSON's; what JSON cannot say stays text.
func number(text string) any {
	if json.Valid([]byte(text)) {
		return json.Number(text)
	}
	if n, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 0, 64); err == nil {
		return json.Number(strconv.FormatInt(n, 10))
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		if b, err := json.Marshal(f); err == nil {
			return json.Number(b)
		}
	}
	return text
}

// example puts the examples of parameters and body together. It is nil if there are none.
func (b *builder) example(c *call) *model.Example {
	e := new(model.Example)
	some := false
	for _, p := range c.sends {
		value := paramExample(b.set, p.view)
		name := p.get("name").text()
		if value == nil || strings.EqualFold(name, "Wechatpay-Serial") {
			continue
		}
		some = true
		switch p.get("in").text() {
		case "path":
			put(&e.Path, name, fmt.Sprint(value))
		case "query":
			put(&e.Query, name, value)
		case "header":
			put(&e.Header, name, value)
		}
	}
	body := b.set.follow(c.v.get("requestBody"), requestBodies)
	for _, media := range body.get("content").entries() {
		e.Body = mediaExample(b.set, media)
	}
	if !some && e.Body == nil {
		return nil
	}
	return e
}

func put[V any](m *map[string]V, key string, value V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = value
}

// mediaExample returns the example of a parameter or media type: example, or the first of examples.
func mediaExample(set sources, v view) any {
	if e := v.get("example"); e.ok() {
		return data(e)
	}
	for _, e := range v.get("examples").entries() {
		return data(set.follow(e, examples).get("value"))
	}
	return nil
}

func paramExample(set sources, p view) any {
	if e := mediaExample(set, p); e != nil {
		return e
	}
	if e := schemaExample(p.get("schema")); e != nil {
		return e
	}
	return schemaExample(set.follow(p.get("schema"), schemas).view)
}

// schemaExample returns the example of a schema, whose examples are a list.
func schemaExample(v view) any {
	if e := v.get("example"); e.ok() {
		return data(e)
	}
	for _, e := range v.get("examples").items() {
		return data(e)
	}
	return nil
}
