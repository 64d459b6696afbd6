package wxpay

import (
	"bytes"
	"strings"
	"time"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// beijing is the zone of times without one.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// timeLayout is RFC 3339 with seconds and, unlike [time.RFC3339], an offset for UTC too: WeChat Pay
// documents "+08:00", not "Z".
const timeLayout = "2006-01-02T15:04:05-07:00"

// readLayouts are the spellings in replies, the last ones without seconds. Those without a zone are
// Beijing time.
var readLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "20060102150405",
	time.DateOnly, "20060102",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04",
}

// Time is a moment on the wire. It is sent as RFC 3339 with seconds ("2026-11-22T10:34:56+08:00").
// It is read from any spelling of RFC 3339, also without seconds; a time without a zone is Beijing
// time. The zero Time is left out of requests.
type Time struct{ time.Time }

// NewTime returns t for a request.
func NewTime(t time.Time) Time { return Time{t} }

// String returns t as it is sent; "" for the zero Time.
func (t Time) String() string {
	if t.IsZero() {
		return ""
	}
	return t.Format(timeLayout)
}

// MarshalJSON writes t as it is sent; "" for the zero Time.
func (t Time) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, len(timeLayout)+2)
	b = append(b, '"')
	if !t.IsZero() {
		b = t.AppendFormat(b, timeLayout)
	}
	return append(b, '"'), nil
}

// UnmarshalJSON reads any of the spellings; null and "" are the zero Time.
func (t *Time) UnmarshalJSON(b []byte) error {
	*t = Time{}
	text, ok := wire.Unquote(b)
	if !ok && wire.IsNumber(b) { // the fourteen digits without their quotes
		text, ok = b, true
	}
	switch {
	case ok && len(text) == 0 || bytes.Equal(b, wire.Null):
		return nil
	case !ok:
		return wire.WantError("a date-time string")
	case !t.parse(string(text)):
		return wire.WantError("a date-time such as 2026-11-22T10:34:56+08:00")
	}
	return nil
}

func (t *Time) parse(s string) bool {
	// nearly all texts are of this form
	if v, err := time.ParseInLocation(time.RFC3339Nano, s, beijing); err == nil {
		t.Time = v
		return true
	}
	s = strings.ToUpper(s) // RFC 3339 allows lower-case t and z, and a blank for T
	if len(s) > len(time.DateOnly) && s[len(time.DateOnly)] == ' ' {
		s = s[:len(time.DateOnly)] + "T" + s[len(time.DateOnly)+1:]
	}
	before, leaps := beforeLeap(s)
	for _, layout := range readLayouts {
		v, err := time.ParseInLocation(layout, before, beijing)
		if err != nil {
			continue
		}
		if leaps {
			v = v.Add(time.Second)
		}
		if leaps && !beginsMonth(v.UTC()) {
			return false
		}
		t.Time = v
		return true
	}
	return false
}

// beforeLeap replaces a leap second, which package time does not know, by the second before it.
func beforeLeap(s string) (before string, leaps bool) {
	const at = len("2016-12-31T23:59")
	if len(s) < at+len(":60") || s[at:at+len(":60")] != ":60" {
		return s, false
	}
	return s[:at] + ":59" + s[at+len(":60"):], true
}

// beginsMonth reports whether t is within the first second of a month: leap seconds come right
// before it.
func beginsMonth(t time.Time) bool {
	return t.Day() == 1 && t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
}

// MarshalText writes t as it is sent.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what UnmarshalJSON reads between quotes.
func (t *Time) UnmarshalText(b []byte) error {
	return t.UnmarshalJSON(append(append([]byte{'"'}, b...), '"'))
}
