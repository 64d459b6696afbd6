package wire_test

//lint:file-ignore SA5008 the test needs odd tags

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// Structs that embed themselves or each other have the members that encoding/json gives them.
func TestEmbedding(t *testing.T) {
	type left struct {
		Name  string `json:"Shared"`
		Depth int
	}
	type right struct {
		Shared string
		Depth  int
	}
	type Loop struct {
		*Loop
		X int
	}
	type unreachable struct{ Y int }
	for _, v := range []any{
		new(struct {
			left
			right
		}),
		new(Loop),
		new(struct {
			*unreachable
			X int
		}),
		new(struct {
			left `json:"left"`
			*right
		}),
		new(struct {
			colour
			Colour colour
		}),
		new(diamond),
	} {
		for _, data := range []string{
			`{"Shared":"s","Depth":1,"X":2,"left":{"Shared":"l"},"Colour":"c"}`, `{"Y":1}`,
			`{"refund":{"total":1,"id":"x"},"a":{"N":5},"N":6}`, `{"a":null,"refund":null}`,
			`{"refund":5}`} {
			got, want := reflect.New(reflect.TypeOf(v).Elem()),
				reflect.New(reflect.TypeOf(v).Elem())
			fault, err := wire.Decode([]byte(data), got.Interface()),
				json.Unmarshal([]byte(data), want.Interface())
			if (fault == nil) != (err == nil) ||
				!reflect.DeepEqual(got.Interface(), want.Interface()) {
				t.Errorf("%T of %s: %+v, %v; encoding/json says %+v, %v", v, data, got, fault,
					want, err)
			}
			written, err := wire.Append(nil, got.Interface())
			if plain, wantErr := json.Marshal(want.Interface()); (err == nil) != (wantErr == nil) ||
				!sameButNil(written, plain) {
				t.Errorf("%T of %s is written as %s, %v; want %s, %v", v, data, written, err, plain,
					wantErr)
			}
		}
	}
}

// Where Go 1.26 and 1.27 differ, the codec follows 1.26 under both.
func TestWhereVersionsDiffer(t *testing.T) {
	for _, c := range []struct {
		v          any
		data, want string // want is what is written after data was read
		fault      string
	}{
		{new(nameless), `{"refund":{"total":1,"id":"x"}}`, `{"refund":{"total":1,"id":"x"}}`, ""},
		{new(nameless), `{"refund":5}`, `{"refund":{"total":0,"id":""}}`,
			"refund: want an object, got a number"},
		{new(struct {
			rising  `json:"a"`
			falling `json:"b"`
			*Rising
		}), `{"a":{"N":5},"N":6}`, `{"a":{"N":5},"b":{"N":0},"N":6}`, ""},
		{new(struct {
			A int `json:"price€"`
			B int `json:"一（二）"`
			C int `json:"支付"`
			D int `json:"a b$"`
		}), `{"price€":5,"一（二）":6,"支付":7,"a b$":8,"A":9}`, `{"A":9,"B":0,"支付":7,"a b$":8}`, ""},
		{new(struct {
			A int `json:"we\"ird"`
		}), `{"we\"ird":5,"we":6,"A":7}`, `{"A":7}`, ""},
		{new(struct{ A map[float64]int }), `{"A":{}}`, "",
			"A: want nothing, as JSON has nothing for map[float64]int, got an object"},
		{new(struct{ S string }), "{\"S\":\"\u2028\u2029\"}", `{"S":"\u2028\u2029"}`, ""},
	} {
		var got string
		if fault := wire.Decode([]byte(c.data), c.v); fault != nil {
			got = fault.Fields[0].String()
		}
		written, err := wire.Append(nil, c.v)
		if got != c.fault || string(written) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %s, %v; want %q, %s", c.data, got, written, err, c.fault, c.want)
		}
	}
}

// diamond embeds diamondTop in two ways, so Depth is ambiguous; X below it is not.
type diamond struct {
	diamondLeft
	diamondRight
}

type (
	diamondLeft  struct{ diamondTop }
	diamondRight struct{ diamondTop }
	diamondTop   struct {
		diamondCore
		Depth int
	}
	diamondCore struct{ X int }
)

// nameless has a struct without a name. The embedded inText gives it a method that reads one field.
type nameless struct {
	Refund struct {
		inText
		ID string `json:"id"`
	} `json:"refund"`
}

type inText struct {
	Total int64 `json:"total"`
}

func (v *inText) UnmarshalJSON(b []byte) error {
	type plain inText
	return json.Unmarshal(b, (*plain)(v))
}

// rising and falling have methods that cannot be called where they are embedded under a tag.
type (
	Rising  struct{ N int }
	rising  struct{ N int }
	falling struct{ N int }
)

func (*rising) UnmarshalJSON([]byte) error  { return errors.New("called") }
func (*falling) UnmarshalJSON([]byte) error { return errors.New("called") }

// oddFields makes values whose fields have special rules in encoding/json.
var oddFields = []func() any{
	func() any {
		return &struct {
			A int
			C int `json:"支付"`
			D int `json:"a b$"`
		}{1, 3, 4}
	},
	func() any {
		return &struct {
			F *int `json:",string"`
		}{new(5)}
	},
	func() any {
		return &struct {
			A reads  `json:",string"`
			B writes `json:",string"`
		}{1, 2}
	},
	func() any { return &map[reads]int{} },
	func() any {
		return &struct {
			A map[point]string
			B map[point]int
		}{}
	},
	func() any {
		return &struct {
			A chan int   `json:",omitempty"`
			B complex128 `json:",omitempty"`
		}{}
	},
	func() any {
		return &struct {
			P *[]map[string]*int
			A [2]*Rising
		}{}
	},
}

// The codec reads and writes odd fields like encoding/json.
func TestOddFields(t *testing.T) {
	for _, v := range oddFields {
		for _, data := range []string{
			`{}`, `{"支付":7,"a b$":8,"A":9}`, `{"F":7}`, `{"F":"7"}`, `{"F":"null"}`, `{"F":null}`,
			`{"A":"6","B":"7"}`, `{"A":6,"B":7}`,
			`{"1":2}`, `{"A":{}}`, `{"B":{"1,2":3}}`,
			`{"P":[{"a":1},null],"A":[{"N":1},{"n":2},3]}`,
		} {
			got, want := v(), v()
			fault, err := wire.Decode([]byte(data), got), json.Unmarshal([]byte(data), want)
			if err != nil && fault == nil {
				continue // the codec is more tolerant; see TestDecodeTolerates
			}
			if (fault == nil) != (err == nil) || !reflect.DeepEqual(got, want) {
				t.Errorf("%T of %s: %+v, %v; encoding/json says %+v, %v", got, data, got, fault,
					want, err)
			}
			written, err := wire.Append(nil, got)
			if plain, wantErr := json.Marshal(want); (err == nil) != (wantErr == nil) ||
				!sameButNil(written, plain) {
				t.Errorf("%T of %s is written as %s, %v; want %s, %v", got, data, written, err,
					plain, wantErr)
			}
		}
	}
}
