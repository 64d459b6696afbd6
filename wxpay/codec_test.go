package wxpay

//lint:file-ignore SA5008 odd tags are what is tested

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// everything has fields for the rules of encoding/json that documents put to the test.
type everything struct {
	Text      string            `json:"text"`
	Empty     string            `json:"empty,omitempty"`
	Named     colour            `json:"named,omitzero"`
	Bool      bool              `json:"bool"`
	Int       int               `json:"int,omitempty"`
	Small     int8              `json:"small"`
	Large     int64             `json:"large,omitzero"`
	Count     uint16            `json:"count"`
	Single    float32           `json:"single"`
	Double    float64           `json:"double"`
	Pointer   *int64            `json:"pointer"`
	Optional  *string           `json:"optional,omitzero"`
	Twice     **bool            `json:"twice"`
	List      []string          `json:"list"`
	Lists     [][]int64         `json:"lists,omitempty"`
	Items     []everything      `json:"items,omitzero"`
	Inner     *everything       `json:"inner,omitempty"`
	Map       map[string]int64  `json:"map"`
	Maps      map[colour][]bool `json:"maps,omitempty"`
	Numbers   map[int]string    `json:"numbers"`
	Any       any               `json:"any"`
	Bytes     []byte            `json:"bytes"`
	Array     [2]int            `json:"array"`
	Raw       json.RawMessage   `json:"raw,omitempty"`
	Number    json.Number       `json:"number,omitempty"`
	Moment    time.Time         `json:"moment,omitzero"`
	Address   net.IP            `json:"address"`
	QuotedInt int64             `json:"quoted_int,string"`
	QuotedPtr *bool             `json:"quoted_ptr,string,omitempty"`
	QuotedStr string            `json:"quoted_str,string"`
	At        Time              `json:"at,omitzero"`
	Moments   []Time            `json:"moments,omitempty"`
	Sealed    Secret            `json:"sealed,omitzero"`
	Half      halfZero          `json:"half,omitzero"`
	HalfPtr   *halfZero         `json:"half_ptr,omitzero"`
	Zeroer    zeroer            `json:"zeroer,omitzero"`
	Loud      loud              `json:"loud"`
	Ignored   string            `json:"-"`
	Dash      string            `json:"-,"`
	Untagged  string
	Struct    struct{ A, B int } `json:"struct,omitempty"`
	embedded
	Exported
	*Pointed
	Tagged2 `json:"tagged2"`
	//lint:ignore U1000 it must be left alone
	hidden string

	Keys    map[point]int      `json:"keys,omitempty"`
	Keys8   map[uint8]string   `json:"keys8,omitempty"`
	Anys    []any              `json:"anys,omitempty"`
	Ratios  []float64          `json:"ratios,omitempty"`
	Ratios3 []float32          `json:"ratios3,omitempty"`
	Shades  []byte             `json:"shades,omitempty"`
	Pairs   [][2]string        `json:"pairs,omitempty"`
	Point   point              `json:"point"`
	Points  []*point           `json:"points,omitempty"`
	Quoted  float64            `json:"quoted,string"`
	Quoted8 *uint8             `json:"quoted8,string"`
	Nested  map[string]deeper  `json:"nested,omitempty"`
	Chan    chan int           `json:"-"`
	Empty0  [0]int             `json:"empty0,omitempty"`
	Iface   fmt.Stringer       `json:"iface,omitempty"`
	Weird   map[string]*string `json:"weird"`
}

// Pointed is embedded by pointer.
type Pointed struct {
	Far  string `json:"far"`
	Text string `json:"text"`
}

// Tagged2 is embedded, but by name.
type Tagged2 struct{ X int }

// point is a text.
type point struct{ x, y int }

func (p point) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d,%d", p.x, p.y), nil }
func (p *point) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "%d,%d", &p.x, &p.y)
	return err
}

type colour string

// embedded and Exported both have Clash, which leaves neither; Text of the former is shadowed.
type embedded struct {
	Text  string `json:"text"`
	Deep  int64  `json:"deep"`
	Clash string
}

type Exported struct {
	Clash string
	Both  string `json:"both"`
	Won   string `json:"Tagged"`
	deeper
}

type deeper struct {
	Tagged string
	Both   string `json:"both"`
}

// halfZero is zero by its own account.
type halfZero struct{ N int64 }

func (h *halfZero) IsZero() bool { return h.N == 0 || h.N == 50 }

// loud writes itself, by pointer alone.
type loud struct{ S string }

func (l *loud) MarshalJSON() ([]byte, error) { return json.Marshal(strings.ToUpper(l.S)) }

var documents = []string{
	`{"text":"a\n\"\\\/\b\f\r\t\u00e9\ud83d\ude00\ud83d\ude0","empty":"x","named":"RED","bool":true,"int":-5,"small":127,"large":9223372036854775807,"count":65535,"single":1.5,"double":1e300}`,
	`{"text":"支付<&>\u2028\ud83d","pointer":7,"optional":"","twice":false,"list":["a",null,"b"],"lists":[[1,2],[],null],"items":[{"text":"i"},{"inner":{"text":"j"}}],"inner":{"inner":{"inner":{"int":1}}}}`,
	`{"map":{"a":1,"b":2},"maps":{"RED":[true,false]},"numbers":{"1":"x"},"any":{"x":[1,"y",null]},"bytes":"AQID","array":[1,2,3],"raw":{ "x" : 1 },"number":12.50,"moment":"2026-11-22T10:34:56+08:00","address":"127.0.0.1"}`,
	`{"quoted_int":"12","quoted_ptr":"true","quoted_str":"\"in\"","at":"2026-11-22T10:34:56+08:00","moments":["2026-11-22 10:34:56",null,""],"sealed":"Y2lwaGVy","half":{"N":50},"half_ptr":{"N":50},"loud":{"S":"x"}}`,
	`{"-":"dash","Untagged":"u","struct":{"A":1,"b":2},"deep":3,"Clash":"lost","both":"b","Tagged":"t","hidden":"h","unknown":{"a":[1,{"b":null}]}}`,
	`{"TEXT":"case","Text":"other","ſmall":5,"\u0074ext":"escaped"}`, "{\"text\":\"\xff\xfe\",\"list\":[\"\xe4\xbd\"]}",
	`{"far":"f","tagged2":{"X":1},"keys":{"1,2":3,"0,9":4},"keys8":{"7":"x"},"anys":[1,-0.5,1e21,"x",null,true,{"a":{"b":[]}},[[]]],"point":"3,4","points":["1,1",null]}`,
	`{"ratios":[0,-0,1,1e-7,1e-6,1e20,1e21,1.5e300,-1e-300,123456789.125,4.9e-324],"ratios3":[0,1e-7,1e-6,1e20,1e21,3.4e38,16777216.5,1e-45]}`,
	`{"shades":[1,2],"pairs":[["a"],["b","c","d"],[]],"quoted":"1.5","quoted8":"255","nested":{"b":{"both":"x"},"a":{}},"weird":{"x":null}}`,
	`{"keys":{"x":1}}`, `{"keys8":{"256":"x"}}`, `{"keys8":{"-1":"x"}}`, `{"point":"x"}`, `{"point":5}`, `{"points":[{}]}`, `{"bytes":"*"}`, `{"bytes":[256]}`, `{"bytes":[1,2]}`, `{"anys":[1e999]}`,
	`{"number":"12"}`, `{"number":"x"}`, `{"number":-0.0e+7}`, `{"quoted":"1e400"}`, `{"quoted8":"null"}`, `{"quoted8":null}`, `{"iface":null}`, `{"iface":{}}`, `{"array":[1]}`, `{"array":[]}`, `{"array":[1,"x"]}`,
	`null`, `{}`, ` { "text" : "spaced" , "list" : [ "a" , "b" ] } `, `{"pointer":null,"list":null,"map":null,"inner":null,"any":null,"at":null,"sealed":null,"quoted_int":null}`,
	`{"text":1}`, `{"int":1.0}`, `{"small":128}`, `{"count":-1}`, `{"single":1e39}`, `{"bool":"true"}`, `{"list":{}}`, `{"list":[1]}`, `{"inner":[]}`, `{"map":{"a":"x"}}`, `{"quoted_int":12}`,
	`{"quoted_int":" 12"}`, `{"quoted_ptr":"\""}`, `{"quoted_int":"\""}`, `{"quoted_str":"\""}`, `{"quoted_str":"txt"}`, `{"quoted_int":"[1"}`, `{"quoted_int":"\\"}`, `{"quoted_ptr":"-"}`, `{"quoted_int":"x"}`, `{"quoted_str":"in"}`, `{"array":5}`, `{"any":01}`, `[]`, `"x"`, `5`, `tru`, `nul`, ``, ` `, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{a:1}`, `[1`, `[1,]`, `{"a":"\x"}`, `{"a":"\u12g4"}`,
	`{"a":"\ud83d\u0041"}`, `{"a":-}`, `{"a":1.}`, `{"a":1e}`, `{"a":.5}`, `{"a":+1}`, `{"a":1e+5,"b":-0.5E-3,"c":0}`, `{"a":"` + "\x01" + `"}`, `{"a":1} x`, `{"a" "b"}`, `"\`, `"\u12`,
}

// What encoding/json reads, the codec reads as it does; and what either writes is the same, but for what TestWhereVersionsDiffer and
// TestNilIsEmpty tell.
func compareCodecs(t *testing.T, data []byte) {
	var got, want everything
	fault, plain := decode(data, &got), json.Unmarshal(data, &want)
	if json.Valid(data) == (fault != nil && fault.Err != nil) {
		t.Fatalf("%q: encoding/json finds it well-formed or not, decode says %v", data, fault)
	}
	if plain == nil && fault != nil {
		t.Fatalf("%q: encoding/json reads it, decode says %v", data, fault)
	}
	if plain != nil || repeatsNames(data) { // encoding/json reads the second into what the first left
		return
	}
	// Secrets are pointers; what they hold is compared as JSON, below.
	if !sameButSecrets(got, want) {
		t.Fatalf("%q:\ngot  %+v\nwant %+v", data, got, want)
	}
	for _, v := range []any{&got, got} {
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
		written, err := appendJSON([]byte("x"), v)
		if err != nil || !sameButNil(written[1:], bytes.TrimSpace(separatorsEscaped(buf.Bytes()))) {
			t.Fatalf("%q of %T: %v\ngot  %s\nwant %s", data, v, err, written[1:], buf.Bytes())
		}
	}
}

// separatorsEscaped makes JSON of Go 1.27 what Go 1.26 writes, and the codec: with the line ends of old JavaScript escaped.
func separatorsEscaped(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("\u2028"), []byte(`\u2028`))
	return bytes.ReplaceAll(text, []byte("\u2029"), []byte(`\u2029`))
}

// sameButNil compares what is written, but for lists, maps and bytes that are nil: null to encoding/json, empty to the codec.
func sameButNil(ours, theirs []byte) bool {
	for len(ours) > 0 && len(theirs) > 0 {
		rest, isNull := bytes.CutPrefix(theirs, null)
		empty := bytes.HasPrefix(ours, []byte("[]")) || bytes.HasPrefix(ours, []byte("{}")) || bytes.HasPrefix(ours, []byte(`""`))
		switch {
		case isNull && empty:
			ours, theirs = ours[2:], rest
		case ours[0] == theirs[0]:
			ours, theirs = ours[1:], theirs[1:]
		default:
			return false
		}
	}
	return len(ours) == len(theirs)
}

// A list or a map that is required is sent as one that is empty: null is none. Where it may be left out, it is.
func TestNilIsEmpty(t *testing.T) {
	type inner struct {
		L []string `json:"l"`
	}
	for _, c := range []struct {
		v    any
		want string
	}{
		{struct {
			List  []inner          `json:"list"`
			Map   map[string]inner `json:"map"`
			Bytes []byte           `json:"bytes"`
			Ptr   *[]string        `json:"ptr"`
			Opt   []string         `json:"opt,omitzero"`
			Empty map[string]int   `json:"empty,omitempty"`
			Any   any              `json:"any"`
			One   inner            `json:"one"`
		}{}, `{"list":[],"map":{},"bytes":"","ptr":null,"any":null,"one":{"l":[]}}`},
		{[][]string{nil, {}}, `[[],[]]`}, {map[string]map[string]int{"a": nil}, `{"a":{}}`}, {[]any{[]int(nil), nil}, `[[],null]`},
		{[]string(nil), `[]`}, {map[string]any(nil), `{}`}, {nil, `null`}, {(*inner)(nil), `null`},
		{struct{ T textLists }{}, `{"T":"{\"items\":[]}"}`}, {json.RawMessage(nil), `null`}, {net.IP(nil), `""`},
	} {
		if got, err := appendJSON(nil, c.v); err != nil || string(got) != c.want {
			t.Errorf("%T: %s, %v; want %s", c.v, got, err, c.want)
		}
	}
}

// textLists travels as JSON in a string.
type textLists struct {
	Items []string `json:"items"`
}

func (v textLists) MarshalJSON() ([]byte, error) {
	type plain textLists
	return MarshalInString(plain(v))
}

func sameButSecrets(a, b everything) bool {
	dropSecrets(&a)
	dropSecrets(&b)
	return reflect.DeepEqual(a, b)
}

func dropSecrets(e *everything) {
	e.Sealed = Secret{}
	for i := range e.Items {
		dropSecrets(&e.Items[i])
	}
	if e.Inner != nil {
		dropSecrets(e.Inner)
	}
}

// repeatsNames reports whether an object has two members that may go into one field.
func repeatsNames(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	var walk func() bool
	walk = func() bool {
		token, err := d.Token()
		if err != nil {
			return false
		}
		seen := make(map[string]bool)
		object, nested := token == json.Delim('{'), token == json.Delim('{') || token == json.Delim('[')
		for nested && d.More() {
			if object {
				name, _ := d.Token()
				key, _ := name.(string)
				for other := range seen {
					if strings.EqualFold(other, key) {
						return true
					}
				}
				seen[key] = true
			}
			if walk() {
				return true
			}
		}
		if nested {
			_, _ = d.Token()
		}
		return false
	}
	return walk()
}

func TestCodecLikeEncodingJSON(t *testing.T) {
	for _, data := range documents {
		compareCodecs(t, []byte(data))
	}
}

func FuzzCodec(f *testing.F) {
	for _, data := range documents {
		f.Add([]byte(data))
	}
	f.Fuzz(compareCodecs)
}

// Every text is written as encoding/json writes it, so that it is read back; what is no UTF-8 is not written.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "plain", "\xff", "支付", "“quoted” \u2028 \u2029 …", "\x00\x1f\x7f\"\\<>&", "\xff\xe2\x80", strings.Repeat("x", 17) + "\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := appendChecked(nil, []byte(s))
		if !utf8.ValidString(s) {
			if err != errNotUTF8 {
				t.Fatalf("%q is written as %s, %v", s, got, err)
			}
			return
		}
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(s)
		if want := separatorsEscaped(bytes.TrimSpace(buf.Bytes())); !bytes.Equal(got, want) || err != nil {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
		if text, ok := unquote(got); !ok || string(text) != s {
			t.Fatalf("%q read back as %q", s, text)
		}
	})
}

// ring holds itself.
type ring struct {
	Next *ring `json:"next"`
}

func TestWriteFaults(t *testing.T) {
	r := new(ring)
	r.Next = r
	for _, v := range []any{r, math.NaN(), math.Inf(1), make(chan int), json.RawMessage(`{`), json.Number("x"), map[point]chan int{{}: nil}, map[struct{}]int{{}: 1}, struct{ F func() }{}, NewSecret("clear"), []Secret{NewSecret("clear")}, map[string]any{"s": NewSecret("clear")}} {
		b, err := appendJSON(nil, v)
		if err == nil {
			t.Errorf("%T is written as %s", v, b)
		}
		if err != nil && strings.Contains(err.Error(), "clear text") {
			t.Error(err)
		}
	}
	if _, err := appendJSON(nil, struct{ S Secret }{NewSecret("clear")}); !errors.Is(err, errUnsealed) {
		t.Error(err)
	}
}

// A reply that goes into what the caller filled before leaves alone what it does not mention, and all of it if it is no JSON.
func TestDecodeIntoWhatIsThere(t *testing.T) {
	before := func() (v everything) {
		n, m := int64(5), uint8(6)
		return everything{
			Text: "before", Pointer: &n, List: []string{"a", "b"}, Map: map[string]int64{"a": 1}, Any: new(point), Array: [2]int{7, 8},
			Inner: &everything{Text: "inner", Int: 3}, Quoted8: &m, Struct: struct{ A, B int }{1, 2}, Anys: []any{1}, Shades: []byte{1},
		}
	}
	for _, data := range []string{
		`{}`, `null`, `{"text":null,"pointer":null,"list":null,"map":null,"any":null,"array":null,"inner":null,"quoted8":null,"struct":null,"anys":null,"shades":null}`,
		`{"text":"after","pointer":1,"list":["c"],"map":{"b":2},"any":"3,4","array":[9],"inner":{"int":4},"quoted8":"1","struct":{"A":3},"anys":[],"shades":"AQ=="}`,
	} {
		got, want := before(), before()
		if fault := decode([]byte(data), &got); fault != nil {
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
	if fault := decode([]byte(`{"text":"after"`), &got); fault == nil || !errors.Is(fault, ErrMalformedJSON) || !reflect.DeepEqual(got, before()) {
		t.Errorf("%+v, %v", got, fault)
	}
}

// Structs that embed themselves, or one another, have the members that encoding/json gives them.
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
		for _, data := range []string{`{"Shared":"s","Depth":1,"X":2,"left":{"Shared":"l"},"Colour":"c"}`, `{"Y":1}`,
			`{"refund":{"total":1,"id":"x"},"a":{"N":5},"N":6}`, `{"a":null,"refund":null}`, `{"refund":5}`} {
			got, want := reflect.New(reflect.TypeOf(v).Elem()), reflect.New(reflect.TypeOf(v).Elem())
			fault, err := decode([]byte(data), got.Interface()), json.Unmarshal([]byte(data), want.Interface())
			if (fault == nil) != (err == nil) || !reflect.DeepEqual(got.Interface(), want.Interface()) {
				t.Errorf("%T of %s: %+v, %v; encoding/json says %+v, %v", v, data, got, fault, want, err)
			}
			written, err := appendJSON(nil, got.Interface())
			if plain, wantErr := json.Marshal(want.Interface()); (err == nil) != (wantErr == nil) || !sameButNil(written, plain) {
				t.Errorf("%T of %s is written as %s, %v; want %s, %v", v, data, written, err, plain, wantErr)
			}
		}
	}
}

// Where Go 1.26 and 1.27 differ, the codec does as 1.26 does, under both.
func TestWhereVersionsDiffer(t *testing.T) {
	for _, c := range []struct {
		v          any
		data, want string // want is what is written after data was read
		fault      string
	}{
		{new(nameless), `{"refund":{"total":1,"id":"x"}}`, `{"refund":{"total":1,"id":"x"}}`, ""},
		{new(nameless), `{"refund":5}`, `{"refund":{"total":0,"id":""}}`, "refund: want an object, got a number"},
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
		{new(struct{ A map[float64]int }), `{"A":{}}`, "", "A: want nothing, as JSON has nothing for map[float64]int, got an object"},
		{new(struct{ S string }), "{\"S\":\"\u2028\u2029\"}", `{"S":"\u2028\u2029"}`, ""},
	} {
		var got string
		if fault := decode([]byte(c.data), c.v); fault != nil {
			got = fault.Fields[0].String()
		}
		written, err := appendJSON(nil, c.v)
		if got != c.fault || string(written) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %s, %v; want %q, %s", c.data, got, written, err, c.fault, c.want)
		}
	}
}

// diamond embeds one struct on two ways, which leaves its members unreached, but not those of what that embeds.
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

// nameless has a field whose type has no name, and a method that is meant for a part of it alone.
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

// Odd fields that encoding/json reads and writes by rules of their own.
func TestOddFields(t *testing.T) {
	one := func() *int { n := 5; return &n }
	for _, v := range []func() any{
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
			}{one()}
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
	} {
		for _, data := range []string{
			`{}`, `{"支付":7,"a b$":8,"A":9}`, `{"F":7}`, `{"F":"7"}`, `{"F":"null"}`, `{"F":null}`, `{"A":"6","B":"7"}`, `{"A":6,"B":7}`,
			`{"1":2}`, `{"A":{}}`, `{"B":{"1,2":3}}`, `{"P":[{"a":1},null],"A":[{"N":1},{"n":2},3]}`,
		} {
			got, want := v(), v()
			fault, err := decode([]byte(data), got), json.Unmarshal([]byte(data), want)
			if err != nil && fault == nil {
				continue // it is read with more tolerance; see TestDecodeTolerates
			}
			if (fault == nil) != (err == nil) || !reflect.DeepEqual(got, want) {
				t.Errorf("%T of %s: %+v, %v; encoding/json says %+v, %v", got, data, got, fault, want, err)
			}
			written, err := appendJSON(nil, got)
			if plain, wantErr := json.Marshal(want); (err == nil) != (wantErr == nil) || !sameButNil(written, plain) {
				t.Errorf("%T of %s is written as %s, %v; want %s, %v", got, data, written, err, plain, wantErr)
			}
		}
	}
}

// reads and writes are scalars with a method for one direction.
type reads int

func (r *reads) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, (*int)(r)) }

type writes int

func (w writes) MarshalJSON() ([]byte, error) { return []byte(`[1]`), nil }

// appends spoils what follows its argument, if it can.
type appends struct{}

func (*appends) UnmarshalJSON(b []byte) error { _ = append(b, '\n'); return nil }

// What callers do to the bytes or the values that they are given costs no more than themselves.
func TestCodecWithstandsCallers(t *testing.T) {
	var v struct {
		L []appends
		B int
	}
	if fault := decode([]byte(`{"L":[1,2,"x"],"B":2}`), &v); fault != nil || len(v.L) != 3 || v.B != 2 {
		t.Errorf("%+v, %v", v, fault)
	}
	for _, out := range []any{nil, 5, v, (*int)(nil)} {
		if fault := decode([]byte(`{}`), out); fault == nil || !strings.Contains(fault.Error(), "want a pointer that is not nil") {
			t.Errorf("%T: %v", out, fault)
		}
	}
	var ring any
	ring = &ring
	if fault := decode([]byte(`5`), &ring); fault != nil || ring != 5.0 {
		t.Errorf("%v, %v", ring, fault)
	}
	deep := new(nodes)
	for range 5000 {
		deep = &nodes{Next: deep}
	}
	if written, err := appendJSON(nil, deep); err != nil || len(written) < 5000*len(`{"next":}`) {
		t.Errorf("%d bytes, %v", len(written), err)
	}
	// Many faults, far down, are told in few words.
	document := strings.Repeat(`{"next":`, 9000) + `{"n":["` + strings.Repeat(`x","`, 100) + `"]}` + strings.Repeat("}", 9000)
	if fault := decode([]byte(document), new(nodes)); fault == nil || len(fault.Error()) > 50*1000 {
		t.Errorf("%d bytes", len(fault.Error()))
	}
}

type nodes struct {
	Next *nodes  `json:"next"`
	N    []int64 `json:"n,omitempty"`
}

// What does not fit is told truly, whatever the type.
func TestMisfits(t *testing.T) {
	var v struct {
		When  time.Time
		Point point
		Any   any
		Keys  map[int8]string
		Chan  chan int
	}
	fault := decode([]byte(`{"When":"soon","Point":{},"Any":{"k":[1,1e999]},"Keys":{"1000":"x"},"Chan":1}`), &v)
	want := []string{
		"When: want what fits time.Time, got a string", "Point: want what fits wxpay.point, got an object", "Any.*[1]: want a number that a float64 can hold",
		"Keys.*: its name is no int8", "Chan: want nothing, as JSON has nothing for chan int, got a number",
	}
	var got []string
	for _, f := range fault.Fields {
		got = append(got, f.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// benchmarkTransaction is a whole paid order.
const benchmarkTransaction = `{"transaction_id":"1217752501201407033233368018","amount":{"payer_total":100,"total":100,"currency":"CNY","payer_currency":"CNY"},` +
	`"mchid":"1900000001","trade_state":"SUCCESS","bank_type":"CMC","promotion_detail":[{"amount":100,"wechatpay_contribute":100,"coupon_id":"109519",` +
	`"scope":"GLOBAL","merchant_contribute":0,"name":"单品惠-6","other_contribute":0,"currency":"CNY","stock_id":"931386","goods_detail":[` +
	`{"goods_remark":"商品备注信息","quantity":1,"discount_amount":1,"goods_id":"M1006","unit_price":100}]}],` +
	`"success_time":"2018-06-08T10:34:56+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"out_trade_no":"1217752501201407033233368018",` +
	`"appid":"wxd678efh567hg6787","trade_state_desc":"支付成功","trade_type":"JSAPI","attach":"自定义数据"}`

type benchmarkOrder struct {
	TransactionID string `json:"transaction_id"`
	Amount        struct {
		PayerTotal    int64  `json:"payer_total"`
		Total         int64  `json:"total"`
		Currency      string `json:"currency"`
		PayerCurrency string `json:"payer_currency"`
	} `json:"amount"`
	MchID           string `json:"mchid"`
	TradeState      colour `json:"trade_state"`
	BankType        string `json:"bank_type"`
	PromotionDetail []struct {
		Amount      int64  `json:"amount"`
		CouponID    string `json:"coupon_id"`
		Scope       colour `json:"scope"`
		Name        string `json:"name"`
		Currency    string `json:"currency"`
		StockID     string `json:"stock_id"`
		GoodsDetail []struct {
			GoodsRemark string `json:"goods_remark"`
			Quantity    int64  `json:"quantity"`
			GoodsID     string `json:"goods_id"`
			UnitPrice   int64  `json:"unit_price"`
		} `json:"goods_detail"`
	} `json:"promotion_detail"`
	SuccessTime Time `json:"success_time"`
	Payer       struct {
		OpenID string `json:"openid"`
	} `json:"payer"`
	OutTradeNo string `json:"out_trade_no"`
	AppID      string `json:"appid"`
	TradeType  colour `json:"trade_type"`
	Attach     string `json:"attach"`
}

// BenchmarkCodec reads and writes a paid order, beside encoding/json.
func BenchmarkCodec(b *testing.B) {
	data := []byte(benchmarkTransaction)
	var order benchmarkOrder
	if fault := decode(data, &order); fault != nil {
		b.Fatal(fault)
	}
	buf := make([]byte, 0, 4096)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"read/wxpay", func() { _ = decode(data, new(benchmarkOrder)) }},
		{"read/encoding-json", func() { _ = json.Unmarshal(data, new(benchmarkOrder)) }},
		{"write/wxpay", func() { _, _ = appendJSON(buf, &order) }},
		{"write/encoding-json", func() { _ = json.NewEncoder(bytes.NewBuffer(buf)).Encode(&order) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c.f()
			}
		})
	}
}
