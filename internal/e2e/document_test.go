package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/rawspec"
)

// A document is a value on the wire, made from the description's schema and not from Go types:
// map[string]any, []any, string, json.Number, bool, and the types below.
type (
	secret   string                // clear text that is sent sealed
	anything struct{ value any }   // JSON without a description
	inString struct{ value any }   // sent as a string that holds its JSON
	fileName struct{}              // the runtime fills in the name of the uploaded file
	digest   struct{ hash string } // the runtime fills in its digest
)

const (
	uploadName = "小票 1.png"
	uploadText = "\x89PNG not really\r\n--boundary\r\n"
	moment     = "2018-06-08T10:34:56+08:00"
)

// A sampler makes documents from schemas. All values of one sampler differ, so that a test notices
// swapped fields.
type sampler struct {
	count      int
	least      bool // required fields only
	strange    bool // enum values that are not in the description
	reply      bool // a reply, which no limits bind
	everything bool // all fields, in spite of choices
}

// value makes a value for the schema. Field names the value, and becomes part of its text.
func (s *sampler) value(field string, v rawspec.View) any {
	s.count++
	if mark := v.At("x-wxpay-file").Text(); mark == "name" {
		return fileName{}
	} else if mark != "" {
		return digest{mark}
	}
	if inside := v.At("contentSchema"); inside.Exists() {
		return inString{s.value(field, inside)}
	}
	if list := v.At("enum").Texts(); list != nil {
		return s.enum(v, list)
	}
	switch v.Type() {
	case "integer":
		return s.bounded(v, strconv.Itoa(s.number()))
	case "number":
		return s.bounded(v, strconv.Itoa(s.number()%1000)+".25")
	case "boolean":
		return s.count%2 == 0
	case "array":
		list := []any{}
		for range elements(v) {
			list = append(list, s.value(field, v.At("items")))
		}
		return list
	case "string":
		return s.text(field, v)
	}
	return s.object(field, v)
}

// number is sometimes 0, which an optional field must carry too, and sometimes too large for a
// float64.
func (s *sampler) number() int {
	if s.count%3 == 0 {
		return 0
	}
	return 9007199254740993 + s.count
}

func (s *sampler) bounded(v rawspec.View, number string) json.Number {
	if s.reply {
		return json.Number(number)
	}
	return withinNumber(v, number)
}

func (s *sampler) enum(v rawspec.View, list []string) any {
	value := list[s.count%len(list)]
	switch {
	case v.Type() == "integer":
		return json.Number(value)
	case s.strange:
		return "ADDED_" + strconv.Itoa(s.count)
	}
	return value
}

func (s *sampler) text(field string, v rawspec.View) any {
	text := fmt.Sprintf("%s %d 张三 \"<&>\\+/=", field, s.count)
	if !s.reply && (!v.Sensitive() || v.At("x-wxpay-length").Is("clear")) {
		text = s.withinText(v, text)
	}
	switch {
	case v.Sensitive():
		return secret(text)
	case v.At("format").Is("date-time"):
		return moment
	case v.At("format").Is("date"):
		return "2018-06-08"
	default:
		return text
	}
}

func (s *sampler) object(field string, v rawspec.View) any {
	props, required := v.At("properties"), v.At("required").Texts()
	extra := v.At("additionalProperties")
	if len(props.Keys()) == 0 && extra.Type() == "" {
		return anything{map[string]any{"anything": []any{"goes", json.Number("1"), nil}}}
	}
	doc := map[string]any{}
	for _, name := range s.wanted(v, required, props) {
		doc[name] = s.value(name, props.At(name))
	}
	if extra.Type() != "" {
		doc["a"], doc["b"] = s.value(field, extra), s.value(field, extra)
	}
	return doc
}

// wanted are the fields of an object to set.
func (s *sampler) wanted(v rawspec.View, required []string, props rawspec.View) (names []string) {
	for _, name := range props.Keys() {
		if !s.least || slices.Contains(required, name) || props.At(name, "x-wxpay-file").Exists() {
			names = append(names, name)
		}
	}
	if s.reply {
		return names
	}
	return s.chosen(names, v.Choices())
}

// strangers adds an unknown field to every object of a response.
func strangers(doc any) any {
	switch d := doc.(type) {
	case map[string]any:
		out := map[string]any{"x_added_later": map[string]any{"deep": []any{true}}}
		for name, value := range d {
			out[name] = strangers(value)
		}
		return out
	case []any:
		out := []any{}
		for _, item := range d {
			out = append(out, strangers(item))
		}
		return out
	case inString:
		return inString{strangers(d.value)}
	}
	return doc
}

// wire writes a document as the platform sends it to the merchant, with sealed fields.
func wire(doc any) []byte {
	text, err := json.Marshal(plain(doc))
	if err != nil {
		panic(err)
	}
	return text
}

func plain(doc any) any {
	switch d := doc.(type) {
	case secret:
		return seal(string(d))
	case inString:
		return string(wire(d.value))
	case anything:
		return d.value
	case map[string]any:
		out := map[string]any{}
		for name, value := range d {
			out[name] = plain(value)
		}
		return out
	case []any:
		out := []any{}
		for _, item := range d {
			out = append(out, plain(item))
		}
		return out
	}
	return doc
}

// decode reads JSON, and keeps the spelling of numbers.
func decode(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err = d.Decode(&value); err == nil && d.More() {
		err = fmt.Errorf("more than one value")
	}
	return value, err
}

// same compares a received value with the document, and describes the difference. open opens a
// sealed field.
func same(at string, want, got any, open func(string) (string, error)) []string {
	switch w := want.(type) {
	case map[string]any:
		return sameObject(at, w, got, open)
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(w) {
			return differ(at, want, got)
		}
		var faults []string
		for i := range w {
			faults = append(faults, same(fmt.Sprintf("%s[%d]", at, i), w[i], list[i], open)...)
		}
		return faults
	case secret:
		text, _ := got.(string)
		if clear, err := open(text); err != nil || clear != string(w) {
			return []string{fmt.Sprintf("%s: opened %q, wanted %q (%v)", at, clear, w, err)}
		}
		return nil
	case inString:
		text, _ := got.(string)
		inside, err := decode([]byte(text))
		if err != nil {
			return []string{fmt.Sprintf("%s: %q holds no JSON: %v", at, got, err)}
		}
		return same(at, w.value, inside, open)
	case anything:
		if reflect.DeepEqual(w.value, got) {
			return nil
		}
		return differ(at, want, got)
	case fileName:
		want = uploadName
	case digest:
		want = w.of(uploadText)
	}
	if want != got {
		return differ(at, want, got)
	}
	return nil
}

func sameObject(at string, want map[string]any, got any,
	open func(string) (string, error)) (faults []string) {
	object, ok := got.(map[string]any)
	if !ok {
		return differ(at, want, got)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		value, ok := object[name]
		if !ok {
			faults = append(faults,
				fmt.Sprintf("%s.%s is missing, wanted %v", at, name, want[name]))
			continue
		}
		faults = append(faults, same(at+"."+name, want[name], value, open)...)
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if _, ok := want[name]; !ok {
			faults = append(faults,
				fmt.Sprintf("%s.%s is %v, wanted nothing there", at, name, object[name]))
		}
	}
	return faults
}

func differ(at string, want, got any) []string {
	return []string{fmt.Sprintf("%s is %T %v, wanted %T %v", at, got, got, want, want)}
}

// of is the digest of the uploaded text. crypto/* has no SM3, so the caller passes that one.
func (d digest) of(text string) string {
	if strings.EqualFold(d.hash, "sha256") {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	return "given"
}

// insert puts a value into a document: "list.0.name".
func insert(doc any, path string, value any) {
	step, rest, deeper := strings.Cut(path, ".")
	switch d := doc.(type) {
	case []any:
		i, _ := strconv.Atoi(step)
		insert(d[i], rest, value)
	case map[string]any:
		if deeper {
			insert(d[step], rest, value)
			return
		}
		d[step] = value
	}
}
