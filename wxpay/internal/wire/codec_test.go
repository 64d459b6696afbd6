package wire_test

//lint:file-ignore SA5008 the test needs odd tags

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// everything has a field for every rule of encoding/json that the documents test.
type everything struct {
	Text      string                     `json:"text"`
	Empty     string                     `json:"empty,omitempty"`
	Named     colour                     `json:"named,omitzero"`
	Bool      bool                       `json:"bool"`
	Int       int                        `json:"int,omitempty"`
	Small     int8                       `json:"small"`
	Large     int64                      `json:"large,omitzero"`
	Count     uint16                     `json:"count"`
	Single    float32                    `json:"single"`
	Double    float64                    `json:"double"`
	Pointer   *int64                     `json:"pointer"`
	Optional  *string                    `json:"optional,omitzero"`
	Twice     **bool                     `json:"twice"`
	List      []string                   `json:"list"`
	Lists     [][]int64                  `json:"lists,omitempty"`
	Items     []everything               `json:"items,omitzero"`
	Inner     *everything                `json:"inner,omitempty"`
	Map       map[string]int64           `json:"map"`
	Maps      map[colour][]bool          `json:"maps,omitempty"`
	Numbers   map[int]string             `json:"numbers"`
	Any       any                        `json:"any"`
	Bytes     []byte                     `json:"bytes"`
	Array     [2]int                     `json:"array"`
	Raw       json.RawMessage            `json:"raw,omitempty"`
	Number    json.Number                `json:"number,omitempty"`
	Moment    time.Time                  `json:"moment,omitzero"`
	Address   net.IP                     `json:"address"`
	QuotedInt int64                      `json:"quoted_int,string"`
	QuotedPtr *bool                      `json:"quoted_ptr,string,omitempty"`
	QuotedStr string                     `json:"quoted_str,string"`
	At        wxpay.Time                 `json:"at,omitzero"`
	Moments   []wxpay.Time               `json:"moments,omitempty"`
	Sealed    wxpay.Secret               `json:"sealed,omitzero"`
	Half      halfZero                   `json:"half,omitzero"`
	HalfPtr   *halfZero                  `json:"half_ptr,omitzero"`
	Zeroer    interface{ IsZero() bool } `json:"zeroer,omitzero"`
	Loud      loud                       `json:"loud"`
	Ignored   string                     `json:"-"`
	Dash      string                     `json:"-,"`
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

// Tagged2 is embedded under a tag.
type Tagged2 struct{ X int }

// point travels as text.
type point struct{ x, y int }

func (p point) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d,%d", p.x, p.y), nil }
func (p *point) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "%d,%d", &p.x, &p.y)
	return err
}

type colour string

// embedded and Exported both have Clash, so neither is reached. The outer Text hides embedded's.
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

// halfZero is zero according to its own method.
type halfZero struct{ N int64 }

func (h *halfZero) IsZero() bool { return h.N == 0 || h.N == 50 }

// loud has a method for writing, on its pointer alone.
type loud struct{ S string }

func (l *loud) MarshalJSON() ([]byte, error) { return json.Marshal(strings.ToUpper(l.S)) }

var documents = []string{
	`{"text":"a\n\"\\\/\b\f\r\t\u00e9\ud83d\ude00\ud83d\ude0","empty":"x","named":"RED","bool":true,"int":-5,"small":127,"large":9223372036854775807,"count":65535,"single":1.5,"double":1e300}`,
	`{"text":"支付<&>\u2028\ud83d","pointer":7,"optional":"","twice":false,"list":["a",null,"b"],"lists":[[1,2],[],null],"items":[{"text":"i"},{"inner":{"text":"j"}}],"inner":{"inner":{"inner":{"int":1}}}}`,
	`{"map":{"a":1,"b":2},"maps":{"RED":[true,false]},"numbers":{"1":"x"},"any":{"x":[1,"y",null]},"bytes":"AQID","array":[1,2,3],"raw":{ "x" : 1 },"number":12.50,"moment":"2026-11-22T10:34:56+08:00","address":"127.0.0.1"}`,
	`{"quoted_int":"12","quoted_ptr":"true","quoted_str":"\"in\"","at":"2026-11-22T10:34:56+08:00","moments":["2026-11-22 10:34:56",null,""],"sealed":"Y2lwaGVy","half":{"N":50},"half_ptr":{"N":50},"loud":{"S":"x"}}`,
	`{"-":"dash","Untagged":"u","struct":{"A":1,"b":2},"deep":3,"Clash":"lost","both":"b","Tagged":"t","hidden":"h","unknown":{"a":[1,{"b":null}]}}`,
	`{"TEXT":"case","Text":"other","ſmall":5,"\u0074ext":"escaped"}`,
	"{\"text\":\"\xff\xfe\",\"list\":[\"\xe4\xbd\"]}",
	`{"far":"f","tagged2":{"X":1},"keys":{"1,2":3,"0,9":4},"keys8":{"7":"x"},"anys":[1,-0.5,1e21,"x",null,true,{"a":{"b":[]}},[[]]],"point":"3,4","points":["1,1",null]}`,
	`{"ratios":[0,-0,1,1e-7,1e-6,1e20,1e21,1.5e300,-1e-300,123456789.125,4.9e-324],"ratios3":[0,1e-7,1e-6,1e20,1e21,3.4e38,16777216.5,1e-45]}`,
	`{"shades":[1,2],"pairs":[["a"],["b","c","d"],[]],"quoted":"1.5","quoted8":"255","nested":{"b":{"both":"x"},"a":{}},"weird":{"x":null}}`,
	`{"keys":{"x":1}}`, `{"keys8":{"256":"x"}}`, `{"keys8":{"-1":"x"}}`, `{"point":"x"}`,
	`{"point":5}`, `{"points":[{}]}`, `{"bytes":"*"}`, `{"bytes":[256]}`, `{"bytes":[1,2]}`,
	`{"anys":[1e999]}`,
	`{"number":"12"}`, `{"number":"x"}`, `{"number":-0.0e+7}`, `{"quoted":"1e400"}`,
	`{"quoted8":"null"}`, `{"quoted8":null}`, `{"iface":null}`, `{"iface":{}}`, `{"array":[1]}`,
	`{"array":[]}`, `{"array":[1,"x"]}`,
	`null`, `{}`, ` { "text" : "spaced" , "list" : [ "a" , "b" ] } `,
	`{"pointer":null,"list":null,"map":null,"inner":null,"any":null,"at":null,"sealed":null,"quoted_int":null}`,
	`{"text":1}`, `{"int":1.0}`, `{"small":128}`, `{"count":-1}`, `{"single":1e39}`,
	`{"bool":"true"}`, `{"list":{}}`, `{"list":[1]}`, `{"inner":[]}`, `{"map":{"a":"x"}}`,
	`{"quoted_int":12}`,
	`{"quoted_int":" 12"}`, `{"quoted_ptr":"\""}`, `{"quoted_int":"\""}`, `{"quoted_str":"\""}`,
	`{"quoted_str":"txt"}`, `{"quoted_int":"[1"}`, `{"quoted_int":"\\"}`, `{"quoted_ptr":"-"}`,
	`{"quoted_int":"x"}`, `{"quoted_str":"in"}`, `{"array":5}`, `{"any":01}`, `[]`, `"x"`, `5`,
	`tru`, `nul`, ``, ` `, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{a:1}`, `[1`,
	`[1,]`, `{"a":"\x"}`, `{"a":"\u12g4"}`,
	`{"a":"\ud83d\u0041"}`, `{"a":-}`, `{"a":1.}`, `{"a":1e}`, `{"a":.5}`, `{"a":+1}`,
	`{"a":1e+5,"b":-0.5E-3,"c":0}`, `{"a":"` + "\x01" + `"}`, `{"a":1} x`, `{"a" "b"}`, `"\`,
	`"\u12`,
}

// compareCodecs checks that the codec reads and writes like encoding/json, except for the
// differences in TestWhereVersionsDiffer and TestNilIsEmpty.
func compareCodecs(t *testing.T, data []byte) {
	var got, want everything
	fault, plain := wire.Decode(data, &got), json.Unmarshal(data, &want)
	if json.Valid(data) == (fault != nil && fault.Err != nil) {
		t.Fatalf("%q: encoding/json finds it well-formed or not, decode says %v", data, fault)
	}
	if plain == nil && fault != nil {
		t.Fatalf("%q: encoding/json reads it, decode says %v", data, fault)
	}
	// encoding/json reads the second member into the value of the first
	if plain != nil || repeatsNames(data) {
		return
	}
	// Secrets are pointers; their content is compared as JSON, below.
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
		written, err := wire.Append([]byte("x"), v)
		if err != nil || !sameButNil(written[1:], bytes.TrimSpace(separatorsEscaped(buf.Bytes()))) {
			t.Fatalf("%q of %T: %v\ngot  %s\nwant %s", data, v, err, written[1:], buf.Bytes())
		}
	}
}

// separatorsEscaped makes the JSON of Go 1.27 equal to that of Go 1.26 and the codec, which escape
// U+2028 and U+2029.
func separatorsEscaped(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("\u2028"), []byte(`\u2028`))
	return bytes.ReplaceAll(text, []byte("\u2029"), []byte(`\u2029`))
}

// sameButNil compares two texts. Where encoding/json writes null for a nil list, map or bytes, the
// codec writes an empty one.
func sameButNil(ours, theirs []byte) bool {
	for len(ours) > 0 && len(theirs) > 0 {
		rest, isNull := bytes.CutPrefix(theirs, wire.Null)
		empty := bytes.HasPrefix(ours, []byte("[]")) || bytes.HasPrefix(ours, []byte("{}")) ||
			bytes.HasPrefix(ours, []byte(`""`))
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

// A required list or map that is nil is sent as an empty one, and not as null. An optional one is
// left out.
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
		{[][]string{nil, {}}, `[[],[]]`}, {map[string]map[string]int{"a": nil}, `{"a":{}}`},
		{[]any{[]int(nil), nil}, `[[],null]`},
		{[]string(nil), `[]`}, {map[string]any(nil), `{}`}, {nil, `null`}, {(*inner)(nil), `null`},
		{struct{ T textLists }{}, `{"T":"{\"items\":[]}"}`}, {json.RawMessage(nil), `null`},
		{net.IP(nil), `""`},
	} {
		if got, err := wire.Append(nil, c.v); err != nil || string(got) != c.want {
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
	return gen.MarshalInString(plain(v))
}

func sameButSecrets(a, b everything) bool {
	dropSecrets(&a)
	dropSecrets(&b)
	return reflect.DeepEqual(a, b)
}

func dropSecrets(e *everything) {
	e.Sealed = wxpay.Secret{}
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
		object, nested := token == json.Delim('{'), token == json.Delim('{') ||
			token == json.Delim('[')
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

// The codec writes every text as encoding/json does. It refuses text that is not UTF-8.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "plain", "\xff", "支付", "“quoted” \u2028 \u2029 …",
		"\x00\x1f\x7f\"\\<>&", "\xff\xe2\x80", strings.Repeat("x", 17) + "\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := wire.AppendChecked(nil, []byte(s))
		if !utf8.ValidString(s) {
			if err != fault.ErrNotUTF8 {
				t.Fatalf("%q is written as %s, %v", s, got, err)
			}
			return
		}
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(s)
		if want := separatorsEscaped(bytes.TrimSpace(buf.Bytes())); !bytes.Equal(got, want) ||
			err != nil {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
		if text, ok := wire.Unquote(got); !ok || string(text) != s {
			t.Fatalf("%q read back as %q", s, text)
		}
	})
}
