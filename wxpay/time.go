package wxpay

import (
	"bytes"
	"time"
)

// beijing is the zone of times that come without one.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// timeLayout is RFC 3339 with seconds and, unlike [time.RFC3339], an offset for UTC too: WeChat Pay documents "+08:00", not "Z".
const timeLayout = "2006-01-02T15:04:05-07:00"

// readLayouts are the spellings that replies use; those without a zone are Beijing time.
var readLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "20060102150405", time.DateOnly,
}

// Time is a moment on the wire: RFC 3339 with seconds on the way out ("2026-11-22T10:34:56+08:00"); on the way in also
// fractions, and times without a zone, which are Beijing time. The zero Time is left out of requests.
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
	text, ok := unquote(b)
	switch {
	case ok && len(text) == 0 || bytes.Equal(b, null):
		return nil
	case !ok:
		return wantError("a date-time string")
	case !t.parse(string(text)):
		return wantError("a date-time such as 2026-11-22T10:34:56+08:00")
	}
	return nil
}

func (t *Time) parse(s string) bool {
	for _, layout := range readLayouts {
		if v, err := time.ParseInLocation(layout, s, beijing); err == nil {
			t.Time = v
			return true
		}
	}
	return false
}

// MarshalText writes t as it is sent.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what UnmarshalJSON reads between quotes.
func (t *Time) UnmarshalText(b []byte) error {
	return t.UnmarshalJSON(append(append([]byte{'"'}, b...), '"'))
}
