package gen

import (
	"encoding/json"
	"errors"
	"net/url"
	"sort"
	"strconv"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// Moment is a wxpay.Time.
type Moment interface {
	String() string
	IsZero() bool
}

// Query collects the query parameters of a call, in the order they are added. The zero value is
// empty. Each plain method always writes its parameter; each Opt method leaves it out when unset.
type Query struct {
	raw []byte
	// name of a Secret that was not sealed: the call fails, as clear text must not be sent
	unsealed string
	fault    error // of a value that does not encode: the call fails
}

// String writes name=v.
func (q *Query) String(name, v string) {
	q.name(name)
	if !utf8.ValidString(v) {
		q.garble(name)
	}
	q.raw = httptext.AppendEscaped(q.raw, v)
}

// Int writes name=v in decimal.
func (q *Query) Int(name string, v int64) {
	q.name(name)
	q.raw = strconv.AppendInt(q.raw, v, 10)
}

// Float writes name=v with as many digits as needed.
func (q *Query) Float(name string, v float64) {
	q.String(name, strconv.FormatFloat(v, 'f', -1, 64))
}

// Bool writes name=true or name=false.
func (q *Query) Bool(name string, v bool) {
	q.name(name)
	q.raw = strconv.AppendBool(q.raw, v)
}

// Time writes name=v in RFC 3339 with seconds.
func (q *Query) Time(name string, v Moment) { q.String(name, v.String()) }

// Secret writes the ciphertext of a sealed v. If v is not sealed, the call fails with a
// wxpay.SealError.
func (q *Query) Secret(name string, v Secret) {
	if v.Sealed() == "" && !v.IsZero() {
		q.unsealed = name
	}
	q.String(name, v.Sealed())
}

// JSON writes name= and the JSON inside v, whose type encodes as a JSON string. If v does not
// encode, the call fails: with a wxpay.SealError for a Secret that is not sealed, else with a
// wxpay.InvalidError.
func (q *Query) JSON(name string, v json.Marshaler) {
	quoted, err := v.MarshalJSON()
	text, ok := wire.Unquote(quoted)
	switch {
	case errors.Is(err, fault.ErrUnsealed):
		q.unsealed = name
	case errors.Is(err, fault.ErrNotUTF8):
		q.fault = fault.Below(name, -1, err)
	case err != nil || !ok:
		q.fault = errors.New("query parameter " + name + " does not encode as JSON")
	}
	q.String(name, string(text))
}

// OptString writes name=v unless v is empty.
func (q *Query) OptString(name, v string) {
	if v != "" {
		q.String(name, v)
	}
}

// OptInt writes name=*v unless v is nil.
func (q *Query) OptInt(name string, v *int64) {
	if v != nil {
		q.Int(name, *v)
	}
}

// OptFloat writes name=*v unless v is nil.
func (q *Query) OptFloat(name string, v *float64) {
	if v != nil {
		q.Float(name, *v)
	}
}

// OptBool writes name=*v unless v is nil.
func (q *Query) OptBool(name string, v *bool) {
	if v != nil {
		q.Bool(name, *v)
	}
}

// OptTime writes name=v unless v is zero.
func (q *Query) OptTime(name string, v Moment) {
	if !v.IsZero() {
		q.Time(name, v)
	}
}

// OptSecret writes the ciphertext of v unless v is zero.
func (q *Query) OptSecret(name string, v Secret) {
	if !v.IsZero() {
		q.Secret(name, v)
	}
}

// Strings writes name=v once for each element.
func (q *Query) Strings(name string, v []string) {
	for _, s := range v {
		q.String(name, s)
	}
}

// Ints writes name=v once for each element.
func (q *Query) Ints(name string, v []int64) {
	for _, i := range v {
		q.Int(name, i)
	}
}

// Encoded returns the query as in the URL, without the question mark.
func (q *Query) Encoded() string { return string(q.raw) }

// Unsealed returns the name of a Secret that was not sealed; "" if there is none.
func (q *Query) Unsealed() string { return q.unsealed }

// Fault returns why the parameters cannot be sent, apart from Unsealed.
func (q *Query) Fault() error { return q.fault }

// Values adds the entries of a map. It sorts them by name, so that equal maps give equal URLs.
func (q *Query) Values(v url.Values) {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		q.Strings(name, v[name])
	}
}

func (q *Query) name(name string) {
	if q.raw == nil {
		q.raw = make([]byte, 0, 96)
	}
	if len(q.raw) > 0 {
		q.raw = append(q.raw, '&')
	}
	q.raw = append(httptext.AppendEscaped(q.raw, name), '=')
	if !utf8.ValidString(name) {
		q.fault = fault.ErrNotUTF8
	}
}

// garble notes that the value of a parameter is not UTF-8.
func (q *Query) garble(name string) {
	if q.fault == nil {
		q.fault = fault.Below(name, -1, fault.ErrNotUTF8)
	}
}
