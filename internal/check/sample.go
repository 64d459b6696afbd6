package check

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
)

// moments are the formats of strings that stand for a moment, and how it is written.
var moments = map[string]struct{ layout, like string }{
	"date-time": {time.RFC3339Nano, "2026-11-22T10:34:56+08:00"},
	"date":      {time.DateOnly, "2026-11-22"},
}

func (s sampleCheck) text(at string, v, schema source.View) {
	if !v.IsString() {
		mend := "write a text"
		if v.IsScalar() {
			mend = "put it in quotes"
		}
		s.fault(at, v, "is "+kindOf(v)+", no string", mend)
		return
	}
	if content := schema.Get("contentSchema"); content.OK() {
		s.inside(at, v, content)
		return
	}
	if schema.Is("x-wxpay-sensitive") {
		return
	}
	if m, ok := moments[schema.Get("format").Text()]; ok {
		if _, err := time.Parse(m.layout, v.Text()); err != nil {
			s.fault(at, v, fmt.Sprintf("is %s, no %s", kindOf(v), schema.Get("format").Text()),
				"write one like "+m.like)
		}
		return
	}
	s.listed(at, v, schema)
	s.length(at, v, schema)
}

// listed holds a value to the enum, if there is one.
func (s sampleCheck) listed(at string, v, schema source.View) {
	if enum := schema.Get("enum"); enum.OK() && !slices.Contains(enum.Texts(), v.Text()) {
		s.fault(at, v, "is "+kindOf(v)+", which is not among the values",
			"add it to enum, or write one of those")
	}
}

func (s sampleCheck) length(at string, v, schema source.View) {
	n, things := utf8.RuneCountInString(v.Text()), "characters"
	if schema.Get("x-wxpay-length").Text() == "bytes" {
		n, things = len(v.Text()), "bytes"
	}
	s.within(at, v, schema, "Length", n, things)
	if re, err := regexp.Compile(schema.Get("pattern").Text()); err == nil &&
		!re.MatchString(v.Text()) {
		s.fault(at, v, "does not match the pattern "+source.Clip(re.String()), "correct one")
	}
}

func (s sampleCheck) number(at string, v, schema source.View) {
	n, ok := finite(v)
	if typ := source.TypeOf(schema); !ok || typ == "integer" && n != math.Trunc(n) {
		s.fault(at, v, "is "+kindOf(v)+", no "+typ, "write a number, without quotes")
		return
	}
	if low, bound := finite(schema.Get("minimum")); ok && bound && n < low {
		s.fault(at, v, "is below minimum "+schema.Get("minimum").Text(), "correct one")
	}
	if high, bound := finite(schema.Get("maximum")); ok && bound && n > high {
		s.fault(at, v, "is above maximum "+schema.Get("maximum").Text(), "correct one")
	}
	s.listed(at, v, schema)
}

// inside reads the JSON that a string holds. Its faults are all at the string, which is the node
// that can be pointed at.
func (s sampleCheck) inside(at string, v, schema source.View) {
	var doc yaml.Node
	if err := yaml.Load([]byte(v.Text()), &doc); err != nil || len(doc.Content) != 1 {
		s.fault(at, v, "holds no JSON", "write the value that it holds as JSON")
		return
	}
	move(doc.Content[0], v.Node)
	s.value(at, source.View{File: v.File, Node: doc.Content[0]}, schema)
}

func move(n, at *yaml.Node) {
	n.Line, n.Column = at.Line, at.Column
	for _, c := range n.Content {
		move(c, at)
	}
}
