package gen

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// NoLimit is the upper bound of a value without one; -NoLimit is the lower bound of such a number.
const NoLimit = 1<<63 - 1

// AnyOf notes that one of several fields is required, unless ok. A branch of several fields is
// their names joined by commas.
func (r *Required) AnyOf(ok bool, branches ...string) {
	if !ok {
		r.choice(branches, "one of them is required")
	}
}

// OneOf notes that exactly one of several fields, or branches as those of AnyOf, must be set,
// unless set is 1.
func (r *Required) OneOf(set int, branches ...string) {
	switch {
	case set == 0:
		r.choice(branches, "one of them is required")
	case set > 1:
		r.choice(branches, "only one of them may be set")
	}
}

// Count counts the conditions that hold.
func Count(conditions ...bool) int {
	n := 0
	for _, ok := range conditions {
		if ok {
			n++
		}
	}
	return n
}

func (r *Required) choice(branches []string, problem string) {
	fields := make([]string, len(branches))
	for i, branch := range branches {
		names := strings.Split(branch, ",")
		for j, name := range names {
			names[j] = r.place.Of(name, -1)
		}
		fields[i] = strings.Join(names, " with ")
	}
	r.choices = append(r.choices, fault.Field{Fields: fields, Problem: problem})
}

// Chars notes a text of fewer characters than min or more than max. An empty text is unset, and not
// checked.
func (r *Required) Chars(name, value string, min, max int64) {
	if value != "" {
		r.count(name, int64(utf8.RuneCountInString(value)), min, max, "character")
	}
}

// Bytes notes a text of fewer bytes than min or more than max. An empty text is unset, and not
// checked.
func (r *Required) Bytes(name, value string, min, max int64) {
	if value != "" {
		r.count(name, int64(len(value)), min, max, "byte")
	}
}

// Items notes a list of fewer elements than min or more than max.
func (r *Required) Items(name string, n int, min, max int64) {
	r.count(name, int64(n), min, max, "item")
}

// Only notes a text with a character outside class. Class is the inside of a bracket expression,
// without escapes and with the hyphen at the end: "0-9A-Za-z_-".
func (r *Required) Only(name, value, class string) {
	for _, c := range value {
		if !inClass(c, class) {
			r.limit(name, "a character other than "+class)
			return
		}
	}
}

// inClass reports whether a character is one of a class.
func inClass(c rune, class string) bool {
	for class != "" {
		low, n := utf8.DecodeRuneInString(class)
		high := low
		if class = class[n:]; len(class) > 1 && class[0] == '-' {
			high, n = utf8.DecodeRuneInString(class[1:])
			class = class[1+n:]
		}
		if low <= c && c <= high {
			return true
		}
	}
	return false
}

// Int notes an integer below min or above max. Nil is unset, and not checked.
func (r *Required) Int(name string, value *int64, min, max int64) {
	switch {
	case value == nil:
	case *value < min && min != -NoLimit:
		r.limit(name, "too small; at least "+strconv.FormatInt(min, 10))
	case *value > max:
		r.limit(name, "too large; at most "+strconv.FormatInt(max, 10))
	}
}

// Float notes a number below min or above max. Nil is unset, and not checked.
func (r *Required) Float(name string, value *float64, min, max float64) {
	switch {
	case value == nil:
	case min != -NoLimit && *value < min:
		r.limit(name, "too small; at least "+strconv.FormatFloat(min, 'f', -1, 64))
	case max != NoLimit && *value > max:
		r.limit(name, "too large; at most "+strconv.FormatFloat(max, 'f', -1, 64))
	}
}

// count notes a number that is out of bounds.
func (r *Required) count(name string, n, min, max int64, thing string) {
	bound := ""
	switch {
	case n < min:
		bound = "; at least " + strconv.FormatInt(min, 10)
	case n > max:
		bound = "; at most " + strconv.FormatInt(max, 10)
	default:
		return
	}
	if n != 1 {
		thing += "s"
	}
	r.limit(name, strconv.FormatInt(n, 10)+" "+thing+bound)
}

func (r *Required) limit(name, problem string) {
	r.limits = append(r.limits,
		fault.Field{Fields: []string{r.place.Of(name, -1)}, Problem: problem})
}
