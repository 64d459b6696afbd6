package load

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// moments are the formats of strings that stand for a moment, and how it is written.
var moments = map[string]struct{ layout, like string }{
	"date-time": {time.RFC3339Nano, "2026-11-22T10:34:56+08:00"},
	"date":      {time.DateOnly, "2026-11-22"},
}

func (s sampleCheck) text(at string, v, schema view) {
	if !v.isString() {
		mend := "write a text"
		if v.isScalar() {
			mend = "put it in quotes"
		}
		s.fault(at, v, "is "+kindOf(v)+", no string", mend)
		return
	}
	if content := schema.get("contentSchema"); content.ok() {
		s.inside(at, v, content)
		return
	}
	if schema.is("x-wxpay-sensitive") {
		return
	}
	if m, ok := moments[schema.get("format").text()]; ok {
		if _, err := time.Parse(m.layout, v.text()); err != nil {
			s.fault(at, v, fmt.Sprintf("is %s, no %s", kindOf(v), schema.get("format").text()), "write one like "+m.like)
		}
		return
	}
	if enum := schema.get("enum"); enum.ok() && !slices.Contains(enum.texts(), v.text()) {
		s.fault(at, v, "is "+kindOf(v)+", which is not among the values", "add it to enum, or write one of those")
	}
	s.length(at, v, schema)
}

func (s sampleCheck) length(at string, v, schema view) {
	n, things := utf8.RuneCountInString(v.text()), "characters"
	if schema.get("x-wxpay-length").text() == "bytes" {
		n, things = len(v.text()), "bytes"
	}
	s.within(at, v, schema, "Length", n, things)
	if re, err := regexp.Compile(schema.get("pattern").text()); err == nil && !re.MatchString(v.text()) {
		s.fault(at, v, "does not match the pattern "+clip(re.String()), "correct one")
	}
}

func (s sampleCheck) number(at string, v, schema view) {
	n, ok := finite(v)
	if typ := typeOf(schema); !ok || typ == "integer" && n != math.Trunc(n) {
		s.fault(at, v, "is "+kindOf(v)+", no "+typ, "write a number, without quotes")
		return
	}
	if low, bound := finite(schema.get("minimum")); ok && bound && n < low {
		s.fault(at, v, "is below minimum "+schema.get("minimum").text(), "correct one")
	}
	if high, bound := finite(schema.get("maximum")); ok && bound && n > high {
		s.fault(at, v, "is above maximum "+schema.get("maximum").text(), "correct one")
	}
}

// inside reads the JSON that a string holds. Its faults are all at the string, which is the node that can be pointed at.
func (s sampleCheck) inside(at string, v, schema view) {
	var doc yaml.Node
	if err := yaml.Load([]byte(v.text()), &doc); err != nil || len(doc.Content) != 1 {
		s.fault(at, v, "holds no JSON", "write the value that it holds as JSON")
		return
	}
	move(doc.Content[0], v.n)
	s.value(at, view{v.f, doc.Content[0]}, schema)
}

func move(n, at *yaml.Node) {
	n.Line, n.Column = at.Line, at.Column
	for _, c := range n.Content {
		move(c, at)
	}
}
