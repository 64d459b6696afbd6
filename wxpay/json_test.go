package wxpay_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// inString travels as a JSON string that holds JSON, like the types in generated code.
type inString struct {
	Total    int64      `json:"total"`
	Currency string     `json:"currency"`
	At       wxpay.Time `json:"at,omitzero"`
}

func (v inString) MarshalJSON() ([]byte, error) {
	type plain inString
	return gen.MarshalInString(plain(v))
}

func (v *inString) UnmarshalJSON(b []byte) error {
	type plain inString
	return gen.UnmarshalInString(b, (*plain)(v))
}

func TestInString(t *testing.T) {
	b, err := json.Marshal(struct {
		A inString  `json:"a"`
		B *inString `json:"b,omitzero"`
	}{A: inString{Total: 1, Currency: `<"¥">`}})
	if err != nil {
		t.Fatal(err)
	}
	var text struct{ A string }
	if err := json.Unmarshal(b, &text); err != nil || text.A != `{"total":1,"currency":"<\"¥\">"}` {
		t.Errorf("%s: %v", b, err)
	}
	for _, data := range []string{`"{\"total\":5,\"currency\":\"CNY\"}"`,
		`{"total":5,"currency":"CNY"}`} {
		var v inString
		if err := json.Unmarshal([]byte(data), &v); err != nil || v.Total != 5 {
			t.Errorf("%s: %+v, %v", data, v, err)
		}
	}
	for _, data := range []string{`null`, `""`} {
		v := inString{Total: 7}
		if err := json.Unmarshal([]byte(data), &v); err != nil || v.Total != 7 {
			t.Errorf("%s: %+v, %v", data, v, err)
		}
	}
}

type mixed struct {
	First  string           `json:"first"`
	Amount amount           `json:"amount"`
	List   []detail         `json:"list"`
	Time   wxpay.Time       `json:"time"`
	Secret wxpay.Secret     `json:"secret"`
	Inner  inString         `json:"inner"`
	Object *amount          `json:"object"`
	Map    map[string]int64 `json:"map"`
	Flag   bool             `json:"flag"`
	Text   int64            `json:"text,string"`
	Last   string           `json:"last"`
}

var goodFields = map[string]string{
	"first": `"a"`, "amount": `{"total":1,"currency":"CNY"}`,
	"list": `[{"name":"x"},{"name":"y"}]`,
	"time": `"2026-11-22T10:34:56+08:00"`, "secret": `"Y2lwaGVy"`,
	"inner":  `"{\"total\":3,\"currency\":\"USD\"}"`,
	"object": `{"total":4,"currency":"EUR"}`, "map": `{"k":5}`, "flag": `true`, "text": `"12"`,
	"last": `"z"`,
}

// compose makes an object of good values, but replaces one field's value.
func compose(name, value string) []byte {
	var parts []string
	for _, n := range []string{"first", "amount", "list", "time", "secret", "inner", "object",
		"map", "flag", "text", "last"} {
		v := goodFields[n]
		if n == name {
			v = value
		}
		parts = append(parts, `"`+n+`":`+v)
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}

// A fieldFault is a value that does not decode, and the fault that the error reports.
type fieldFault struct{ field, value, want string }

var fieldFaults = []fieldFault{
	{"first", `[77777]`, "first: want a string, got an array"},
	{"amount", `{"total":"¥77777","currency":"CNY"}`,
		"amount.total: want an integer, got a string"},
	{"amount", `{"total":77777.5,"currency":"CNY"}`,
		"amount.total: want an integer, got a number"},
	{"amount", `{"total":77777777777777777777,"currency":"CNY"}`,
		"amount.total: want an integer, got a number"},
	{"amount", `[77777]`, "amount: want an object, got an array"},
	{"list", `[{"name":"x"},{"name":[77777]}]`, "list[1].name: want a string, got an array"},
	{"list", `[{"name":"x"},77777]`, "list[1]: want an object, got a number"},
	{"list", `{"77777":1}`, "list: want an array, got an object"},
	{"time", `"77777"`, "time: want a date-time such as 2026-11-22T10:34:56+08:00"},
	{"time", `[77777]`, "time: want a date-time string"},
	{"secret", `77777`, "secret: want a string of ciphertext"},
	{"inner", `"{\"total\":\"¥77777\"}"`, "inner.total: want an integer, got a string"},
	{"inner", `"{\"at\":\"77777\"}"`,
		"inner.at: want a date-time such as 2026-11-22T10:34:56+08:00"},
	{"inner", `"{77777"`, "inner: the string holds malformed JSON"},
	{"inner", `77777`, "inner: want an object, got a number"},
	{"object", `"77777"`, "object: want an object, got a string"},
	{"map", `{"77777":"¥77777"}`, "map.*: want an integer, got a string"},
	{"flag", `"77777"`, "flag: want a boolean, got a string"},
	{"text", `"77777x"`, "text: want an integer, got a string"},
}

// Fields that do not decode do not stop the others, and the error names their places and never a
// value.
func TestDecodeKeepsTheRest(t *testing.T) {
	for _, c := range fieldFaults {
		p := newPlatform(t, func(_ request, out *reply) { out.body = compose(c.field, c.value) })
		var got mixed
		err := p.client().Chain("v3/test").Get(t.Context(), nil, &got)
		var d *wxpay.DecodeError
		if !errors.As(err, &d) || len(d.Fields) != 1 || d.Fields[0].String() != c.want {
			t.Errorf("%s = %s:\ngot  %v\nwant %s", c.field, c.value, err, c.want)
			continue
		}
		if strings.Contains(err.Error(), "77777") {
			t.Errorf("the value leaked: %v", err)
		}
		if !strings.Contains(err.Error(), requestID) ||
			!strings.Contains(err.Error(), "wxpay.Chain") {
			t.Errorf("names neither operation nor request: %v", err)
		}
		checkRest(t, c.field, compose("", ""), got)
	}
}

// checkRest compares all fields but one with those of good data.
func checkRest(t *testing.T, spoiled string, data []byte, got mixed) {
	t.Helper()
	var want mixed
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range g.NumField() {
		name, _, _ := strings.Cut(g.Type().Field(i).Tag.Get("json"), ",")
		if name == "secret" && spoiled != name && got.Secret.Sealed() != "Y2lwaGVy" {
			t.Errorf("%s spoiled: secret lost", spoiled)
		}
		if name != spoiled && name != "secret" &&
			!reflect.DeepEqual(g.Field(i).Interface(), w.Field(i).Interface()) {
			t.Errorf("%s spoiled: %s is %+v", spoiled, name, g.Field(i).Interface())
		}
	}
}

func TestDecodeManyFaults(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"list":[` + strings.Repeat(`1,`, 9999) + `1],"last":"z"}`)
	})
	var got mixed
	err := p.client().Chain("v3/test").Get(t.Context(), nil, &got)
	var d *wxpay.DecodeError
	if !errors.As(err, &d) || len(d.Fields) != 50 || got.Last != "z" {
		t.Errorf("%.200v", err)
	}
}

func TestDecodeDeepNesting(t *testing.T) {
	type tree struct {
		Next *tree `json:"next"`
		N    int64 `json:"n"`
	}
	for _, depth := range []int{500, 9000, 20000} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.body = []byte(strings.Repeat(`{"n":"x","next":`, depth) + "null" +
				strings.Repeat("}", depth))
		})
		var got tree
		err := p.client().Chain("v3/test").Get(t.Context(), nil, &got)
		if !errors.As(err, new(*wxpay.DecodeError)) {
			t.Errorf("depth %d: %v", depth, err)
		}
	}
}
