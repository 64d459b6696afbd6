package wire_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// ring holds itself.
type ring struct {
	Next *ring `json:"next"`
}

func TestWriteFaults(t *testing.T) {
	r := new(ring)
	r.Next = r
	for _, v := range []any{r, math.NaN(), math.Inf(1), make(chan int), json.RawMessage(`{`),
		json.Number("x"), map[point]chan int{{}: nil}, map[struct{}]int{{}: 1},
		struct{ F func() }{}, wxpay.NewSecret("clear"), []wxpay.Secret{wxpay.NewSecret("clear")},
		map[string]any{"s": wxpay.NewSecret("clear")}} {
		b, err := wire.Append(nil, v)
		if err == nil {
			t.Errorf("%T is written as %s", v, b)
		}
		if err != nil && strings.Contains(err.Error(), "clear text") {
			t.Error(err)
		}
	}
	if _, err := wire.Append(nil,
		struct{ S wxpay.Secret }{wxpay.NewSecret("clear")}); !errors.Is(err, fault.ErrUnsealed) {
		t.Error(err)
	}
}

// A reply leaves fields that it does not mention as the caller filled them. Text that is not JSON
// changes none.
func TestDecodeIntoWhatIsThere(t *testing.T) {
	before := func() (v everything) {
		n, m := int64(5), uint8(6)
		return everything{
			Text: "before", Pointer: &n, List: []string{"a", "b"}, Map: map[string]int64{"a": 1},
			Any: new(point), Array: [2]int{7, 8},
			Inner: &everything{Text: "inner", Int: 3}, Quoted8: &m,
			Struct: struct{ A, B int }{1, 2}, Anys: []any{1}, Shades: []byte{1},
		}
	}
	for _, data := range []string{
		`{}`, `null`,
		`{"text":null,"pointer":null,"list":null,"map":null,"any":null,"array":null,"inner":null,"quoted8":null,"struct":null,"anys":null,"shades":null}`,
		`{"text":"after","pointer":1,"list":["c"],"map":{"b":2},"any":"3,4","array":[9],"inner":{"int":4},"quoted8":"1","struct":{"A":3},"anys":[],"shades":"AQ=="}`,
	} {
		got, want := before(), before()
		if fault := wire.Decode([]byte(data), &got); fault != nil {
			t.Errorf("%s: %v", data, fault)
		}
		if err := json.Unmarshal([]byte(data), &want); err != nil {
			t.Error(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", data, got, want)
		}
	}
	got := before()
	if fault := wire.Decode([]byte(`{"text":"after"`), &got); fault == nil ||
		!errors.Is(fault, wire.ErrMalformed) || !reflect.DeepEqual(got, before()) {
		t.Errorf("%+v, %v", got, fault)
	}
}

// reads and writes are scalars with a method for one direction.
type reads int

func (r *reads) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, (*int)(r)) }

type writes int

func (w writes) MarshalJSON() ([]byte, error) { return []byte(`[1]`), nil }

// appends overwrites the bytes behind its argument, if it can.
type appends struct{}

func (*appends) UnmarshalJSON(b []byte) error { _ = append(b, '\n'); return nil }

// Methods and arguments of callers that misbehave do not spoil other values.
func TestCodecWithstandsCallers(t *testing.T) {
	var v struct {
		L []appends
		B int
	}
	if fault := wire.Decode([]byte(`{"L":[1,2,"x"],"B":2}`), &v); fault != nil || len(v.L) != 3 ||
		v.B != 2 {
		t.Errorf("%+v, %v", v, fault)
	}
	for _, out := range []any{nil, 5, v, (*int)(nil)} {
		if fault := wire.Decode([]byte(`{}`), out); fault == nil ||
			!strings.Contains(fault.Error(), "want a pointer that is not nil") {
			t.Errorf("%T: %v", out, fault)
		}
	}
	var ring any
	ring = &ring
	if fault := wire.Decode([]byte(`5`), &ring); fault != nil || ring != 5.0 {
		t.Errorf("%v, %v", ring, fault)
	}
	deep := new(nodes)
	for range 5000 {
		deep = &nodes{Next: deep}
	}
	if written, err := wire.Append(nil, deep); err != nil || len(written) < 5000*len(`{"next":}`) {
		t.Errorf("%d bytes, %v", len(written), err)
	}
	// The error of many faults at a great depth is short.
	document := strings.Repeat(`{"next":`, 9000) + `{"n":["` + strings.Repeat(`x","`, 100) + `"]}` +
		strings.Repeat("}", 9000)
	if fault := wire.Decode([]byte(document), new(nodes)); fault == nil ||
		len(fault.Error()) > 50*1000 {
		t.Errorf("%d bytes", len(fault.Error()))
	}
}

type nodes struct {
	Next *nodes  `json:"next"`
	N    []int64 `json:"n,omitempty"`
}

// The message for a value that does not fit is right for every type.
func TestMisfits(t *testing.T) {
	var v struct {
		When  time.Time
		Point point
		Any   any
		Keys  map[int8]string
		Chan  chan int
	}
	fault := wire.Decode(
		[]byte(`{"When":"soon","Point":{},"Any":{"k":[1,1e999]},"Keys":{"1000":"x"},"Chan":1}`), &v)
	want := []string{
		"When: want what fits time.Time, got a string", "Point: want what fits wire_test.point, " +
			"got an object", "Any.*[1]: want a number that a float64 can hold",
		"Keys.*: its name is no int8",
		"Chan: want nothing, as JSON has nothing for chan int, got a number",
	}
	var got []string
	for _, f := range fault.Fields {
		got = append(got, f.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
