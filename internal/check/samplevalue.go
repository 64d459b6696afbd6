package check

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/source"
)

// A sampleCheck checks one example against its schema. It checks only the type of a sealed value:
// that is neither clear text nor the ciphertext of any key.
type sampleCheck struct {
	*checker
	label label
}

func (s sampleCheck) fault(at string, v source.Node, what, mend string) {
	if at == "" {
		at = "it"
	}
	s.checker.fault(v, s.label, "in the example, "+at+" "+what, mend)
}

// within checks a count against the bounds whose keys end in the word.
func (s sampleCheck) within(at string, v, schema source.Node, word string, n int, things string) {
	if low := schema.Get("min" + word); isCount(low) && n < source.Count(schema, "min"+word) {
		s.fault(at, v, fmt.Sprintf("has %d %s; min%s is %s", n, things, word, low.Text()),
			"correct one")
	}
	if high := schema.Get("max" + word); isCount(high) && n > source.Count(schema, "max"+word) {
		s.fault(at, v, fmt.Sprintf("has %d %s; max%s is %s", n, things, word, high.Text()),
			"correct one")
	}
}

// listed checks that the enum, if there is one, has the value.
func (s sampleCheck) listed(at string, v, schema source.Node) {
	if enum := schema.Get("enum"); enum.OK() && !slices.Contains(enum.Texts(), v.Text()) {
		s.fault(at, v, "is "+kindOf(v)+", which is not among the values",
			"add it to enum, or write one of those")
	}
}

func (s sampleCheck) length(at string, v, schema source.Node) {
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

func (s sampleCheck) number(at string, v, schema source.Node) {
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

// moments are the string formats for times, with their layouts.
var moments = map[string]struct{ layout, like string }{
	"date-time": {time.RFC3339Nano, "2026-11-22T10:34:56+08:00"},
	"date":      {time.DateOnly, "2026-11-22"},
}
