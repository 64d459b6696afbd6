package wire_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// tolerant has a field for each kind of value in a description.
type tolerant struct {
	Int    int64             `json:"int,omitzero"`
	Ptr    *int64            `json:"ptr,omitzero"`
	Small  int8              `json:"small,omitzero"`
	Uint   uint32            `json:"uint,omitzero"`
	Float  float64           `json:"float,omitzero"`
	Number json.Number       `json:"number,omitzero"`
	Bool   bool              `json:"bool,omitzero"`
	Flag   *bool             `json:"flag,omitzero"`
	Text   string            `json:"text,omitzero"`
	Enum   colour            `json:"enum,omitzero"`
	TextP  *string           `json:"textp,omitzero"`
	Time   wxpay.Time        `json:"time,omitzero"`
	Std    time.Time         `json:"std,omitzero"`
	StdP   *time.Time        `json:"stdp,omitzero"`
	Sealed wxpay.Secret      `json:"sealed,omitzero"`
	Obj    *tolerant         `json:"obj,omitzero"`
	Val    tolerantInner     `json:"val,omitzero"`
	List   []tolerantInner   `json:"list,omitzero"`
	Ptrs   []*tolerantInner  `json:"ptrs,omitzero"`
	Ints   []int64           `json:"ints,omitzero"`
	Texts  []string          `json:"texts,omitzero"`
	Pair   [2]int64          `json:"pair,omitzero"`
	Map    map[string]int64  `json:"map,omitzero"`
	Labels map[string]string `json:"labels,omitzero"`
	Quoted int64             `json:"quoted,string,omitzero"`
	InText tolerantText      `json:"intext,omitzero"`
	Held   tolerantHeld      `json:"held,omitzero"`
	Point  point             `json:"point,omitzero"`
	Any    any               `json:"any,omitzero"`
	Raw    json.RawMessage   `json:"raw,omitzero"`
}

type tolerantInner struct {
	ID   string `json:"id,omitzero"`
	N    int64  `json:"n,omitzero"`
	Deep []bool `json:"deep,omitzero"`
}

// tolerantText travels as JSON in a string.
type tolerantText struct {
	Total int64      `json:"total,omitzero"`
	At    wxpay.Time `json:"at,omitzero"`
}

func (v tolerantText) MarshalJSON() ([]byte, error) {
	type plain tolerantText
	return gen.MarshalInString(plain(v))
}

func (v *tolerantText) UnmarshalJSON(b []byte) error {
	type plain tolerantText
	return gen.UnmarshalInString(b, (*plain)(v))
}

// tolerantHeld is a list that travels as JSON in a string.
type tolerantHeld []tolerantInner

func (v *tolerantHeld) UnmarshalJSON(b []byte) error {
	type plain tolerantHeld
	return gen.UnmarshalInString(b, (*plain)(v))
}

const number, moment = `123`, `"2026-11-22T10:34:56+08:00"`

// toleratedForms are values in another form than that of their field, and the same values in the
// field's form.
var toleratedForms = []struct{ name, sent, as string }{
	{"int", `"10"`, `10`}, {"int", `10.0`, `10`}, {"int", `1e1`, `10`}, {"int", `1E+1`, `10`},
	{"int", `1000e-2`, `10`}, {"int", `1.50e2`, `150`}, {"int", `"1.50e2"`, `150`},
	{"int", `-0.0`, `0`}, {"int", `0e999999999999999999999`, `0`}, {"int", `"0.000"`, `0`},
	{"int", `-10.00`, `-10`}, {"int", `"-5"`, `-5`},
	{"int", `"9007199254740993"`, `9007199254740993`},
	{"int", `9007199254740993.0`, `9007199254740993`},
	{"int", `"9223372036854775807"`, `9223372036854775807`},
	{"int", `-9.223372036854775808e18`, `-9223372036854775808`}, {"int", `0.00010e5`, `10`},
	{"int", `1` + strings.Repeat("0", 400) + `e-400`, `1`},
	{"int", `""`, ``}, {"ptr", `""`, ``}, {"ptr", `"7"`, `7`}, {"ptr", `7.0`, `7`},
	{"small", `"127"`, `127`}, {"small", `1.27e2`, `127`},
	{"uint", `"7"`, `7`}, {"uint", `-0`, `0`}, {"uint", `""`, ``},
	{"float", `"1.5"`, `1.5`}, {"float", `"1e-3"`, `0.001`}, {"float", `""`, ``},
	{"number", `"12.50"`, `12.50`}, {"number", `""`, ``},
	{"bool", `"true"`, `true`}, {"bool", `"false"`, `false`}, {"bool", `"TRUE"`, `true`},
	{"bool", `"False"`, `false`}, {"bool", `""`, ``}, {"flag", `"false"`, `false`},
	{"flag", `""`, ``},
	{"text", number, `"123"`}, {"text", `1.50`, `"1.50"`}, {"text", `-1E+2`, `"-1E+2"`},
	{"text", `true`, `"true"`}, {"text", `false`, `"false"`},
	{"text", `12345678901234567890123`, `"12345678901234567890123"`}, {"enum", `5`, `"5"`},
	{"textp", `5`, `"5"`}, {"textp", `""`, `""`},
	{"time", `""`, ``}, {"time", `20261122103456`, moment},
	{"time", `"2026-11-22T10:34+08:00"`, `"2026-11-22T10:34:00+08:00"`}, {"std", `""`, ``},
	{"stdp", `""`, ``}, {"sealed", `""`, ``},
	{"obj", `""`, ``}, {"obj", `[]`, ``}, {"obj", ` [ ] `, ``},
	{"obj", `"{\"int\":\"5\",\"val\":{\"n\":1}}"`, `{"int":5,"val":{"n":1}}`},
	{"obj", `" {} "`, `{}`},
	{"val", `""`, ``}, {"val", `[]`, ``}, {"val", `"{\"n\":1}"`, `{"n":1}`},
	{"val", `null`, ``},
	{"list", `""`, ``}, {"list", `{}`, ``}, {"list", `{"n":"5"}`, `[{"n":5}]`},
	{"list", `{"new":1,"ID":"x"}`, `[{"id":"x"}]`}, {"list", `"[{\"n\":1}]"`, `[{"n":1}]`},
	{"list", `["",[],null,{"n":""}]`, `[{},{},{},{}]`},
	{"ptrs", `["",{"n":"1"}]`, `[null,{"n":1}]`}, {"ptrs", `{"n":1}`, `[{"n":1}]`},
	{"ints", `["1",2.0,3e0]`, `[1,2,3]`}, {"ints", `["",null,3]`, `[0,0,3]`},
	{"ints", `{}`, ``}, {"ints", `"[1,\"2\"]"`, `[1,2]`},
	{"texts", `[1,true,"x",null]`, `["1","true","x",""]`}, {"texts", `"[]"`, `[]`},
	{"pair", `["1",2.0]`, `[1,2]`}, {"pair", `""`, ``}, {"pair", `{}`, ``},
	{"map", `{"a":"1","b":2.0,"c":""}`, `{"a":1,"b":2,"c":0}`}, {"map", `[]`, ``},
	{"map", `""`, ``}, {"map", `"{\"a\":1}"`, `{"a":1}`},
	{"labels", `{"a":1,"b":true,"c":null}`, `{"a":"1","b":"true","c":""}`},
	{"quoted", `12`, `"12"`}, {"quoted", `"12.0"`, `"12"`}, {"quoted", `""`, ``},
	{"quoted", `1e1`, `"10"`},
	{"intext", `"{\"total\":\"5\",\"at\":\"\"}"`, `"{\"total\":5}"`},
	{"intext", `{"total":"5"}`, `"{\"total\":5}"`}, {"intext", `""`, ``},
	{"held", `{"n":"5"}`, `"[{\"n\":5}]"`}, {"held", `"{\"n\":5}"`, `"[{\"n\":5}]"`},
	{"held", `[{"n":5}]`, `"[{\"n\":5}]"`}, {"held", `""`, ``},
	{"point", `""`, ``}, {"any", `""`, `""`}, {"any", `"10"`, `"10"`}, {"raw", `""`, `""`},
	{"raw", `"10"`, `"10"`},
}

// A reply's value in another form than its type is read if it has one meaning only, as if it had
// come in the form on the right.
func TestDecodeTolerates(t *testing.T) {
	for _, c := range toleratedForms {
		var got, want tolerant
		fault := wire.Decode(fmt.Appendf(nil, `{%q:%s}`, c.name, c.sent), &got)
		if c.as != "" {
			if err := json.Unmarshal(fmt.Appendf(nil, `{%q:%s}`, c.name, c.as), &want); err != nil {
				t.Fatal(err)
			}
		}
		if fault != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s sent as %s: %+v, %v; want as of %s", c.name, c.sent, got, fault, c.as)
		}
	}
}

// toldForms are values with several possible meanings.
var toldForms = []struct{ name, sent, want string }{
	{"int", `10.5`, "an integer, got a number"}, {"int", `1e-1`, "an integer, got a number"},
	{"int", `"10.5"`, "an integer, got a string"},
	{"int", `1e19`, "an integer, got a number"},
	{"int", `1e999999999999999999999`, "an integer, got a number"},
	{"int", `9223372036854775808.0`, "an integer, got a number"},
	{"small", `128.0`, "an integer, got a number"},
	{"uint", `"-1"`, "an integer, got a string"}, {"uint", `-1.0`, "an integer, got a number"},
	{"int", `" 10"`, "an integer, got a string"}, {"int", `"010"`, "an integer, got a string"},
	{"int", `"+10"`, "an integer, got a string"}, {"int", `"0x10"`, "an integer, got a string"},
	{"int", `"1,000"`, "an integer, got a string"},
	{"int", `"\"10\""`, "an integer, got a string"},
	{"int", `"null"`, "an integer, got a string"}, {"int", `true`, "an integer, got a boolean"},
	{"int", `[]`, "an integer, got an array"}, {"int", `{}`, "an integer, got an object"},
	{"int", `" "`, "an integer, got a string"},
	{"float", `"1.5元"`, "a number, got a string"}, {"float", `"NaN"`, "a number, got a string"},
	{"float", `"Inf"`, "a number, got a string"}, {"float", `"1_0"`, "a number, got a string"},
	{"float", `"1e999"`, "a number, got a string"},
	{"bool", `1`, "a boolean, got a number"}, {"bool", `0`, "a boolean, got a number"},
	{"bool", `"1"`, "a boolean, got a string"}, {"bool", `"Y"`, "a boolean, got a string"},
	{"bool", `"true "`, "a boolean, got a string"},
	{"text", `{}`, "a string, got an object"}, {"text", `[]`, "a string, got an array"},
	{"text", `["x"]`, "a string, got an array"},
	{"val", `[{"n":1}]`, "an object, got an array"},
	{"val", `[null]`, "an object, got an array"}, {"val", `5`, "an object, got a number"},
	{"val", `"x"`, "an object, got a string"}, {"val", `"{"`, "an object, got a string"},
	{"val", `"[]"`, "an object, got a string"},
	{"val", `false`, "an object, got a boolean"},
	{"list", `{"0":{"n":1}}`, "an array, got an object"},
	{"list", `5`, "an array, got a number"}, {"list", `"a,b"`, "an array, got a string"},
	{"list", `"{}"`, "an array, got a string"},
	{"ints", `5`, "an array, got a number"}, {"ints", `{"a":5}`, "an array, got an object"},
	{"texts", `"x"`, "an array, got a string"}, {"map", `[1]`, "an object, got an array"},
	{"point", `5`, "what fits wire_test.point, got a number"},
	{"sealed", `5`, "a string of ciphertext"},
	{"time", `5`, "a date-time such as 2026-11-22T10:34:56+08:00"},
	{"time", `{}`, "a date-time string"},
	{"std", `5`, "what fits time.Time, got a number"},
	{"quoted", `true`, "an integer, got a boolean"},
	{"quoted", `"\""`, "an integer, got a string"},
	{"quoted", `"{"`, "an integer, got a string"},
	{"quoted", `"\"1"`, "an integer, got a string"},
}

// The codec reports ambiguous values, and a body without content, and does not guess.
func TestDecodeDoesNotGuess(t *testing.T) {
	for _, c := range toldForms {
		var got tolerant
		fault := wire.Decode(fmt.Appendf(nil, `{%q:%s,"enum":"after"}`, c.name, c.sent), &got)
		if fault == nil || len(fault.Fields) != 1 || fault.Fields[0].String() != c.name+": want "+
			c.want || got.Enum != "after" {
			t.Errorf("%s sent as %s: %v, want %s; then %+v", c.name, c.sent, fault, c.want, got)
		}
	}
}

// The codec reports every place that does not fit.
func TestDecodeTellsEachPlace(t *testing.T) {
	for data, want := range map[string]string{
		`{"list":{"n":"x","deep":["1"]}}`: "list[0].n: want an integer, got a string; " +
			"list[0].deep[0]: want a boolean, got a string",
		`{"obj":"{\"val\":{\"n\":[]}}"}`: "obj.val.n: want an integer, got an array",
		`""`:                             "body: want an object, got a string",
		`[]`:                             "body: want an object, got an array",
		`"{}"`:                           "body: want an object, got a string",
	} {
		if fault := wire.Decode([]byte(data), new(tolerant)); fault == nil ||
			!strings.HasSuffix(fault.Error(), "does not decode: "+want) {
			t.Errorf("%s: %v", data, fault)
		}
	}
}

// An absent value changes its field as null would.
func TestDecodeOfAbsence(t *testing.T) {
	five := int64(5)
	got := tolerant{Int: 5, Ptr: &five, Bool: true, Obj: new(tolerant), Val: tolerantInner{N: 5},
		List: make([]tolerantInner, 3), Map: map[string]int64{"a": 1}}
	want := tolerant{Int: 5, Bool: true, Val: tolerantInner{N: 5}}
	if fault := wire.Decode(
		[]byte(`{"int":"","ptr":"","bool":"","obj":"","val":[],"list":{},"map":[]}`),
		&got); fault != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, fault)
	}
}

// JSON in strings in strings takes time in proportion to its length, whatever the types.
func TestDecodeOfStringsInStrings(t *testing.T) {
	data, depth := []byte(`{"int":"5"}`), 0
	for ; len(data) < 1<<16; depth++ {
		data = append(append([]byte(`{"obj":`), wire.AppendText(nil, data)...), '}')
	}
	got := new(tolerant)
	if fault := wire.Decode(data, got); fault != nil {
		t.Fatal(fault)
	}
	for range depth {
		got = got.Obj
	}
	if got.Int != 5 {
		t.Errorf("%d deep: %+v", depth, got)
	}
}
