package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/wxpay"
)

var (
	secretType = reflect.TypeFor[wxpay.Secret]()
	timeType   = reflect.TypeFor[wxpay.Time]()
	rawType    = reflect.TypeFor[json.RawMessage]()
	fileType   = reflect.TypeFor[wxpay.File]()
)

// byTag finds the field of a struct with a name in its tag.
func byTag(v reflect.Value, tag, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if wired, _, _ := strings.Cut(v.Type().Field(i).Tag.Get(tag), ","); wired == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// fill puts a document into a Go value as a user would write it, finding struct fields by their
// json tags.
func fill(v reflect.Value, doc any) error {
	switch d := doc.(type) {
	case inString:
		return fill(v, d.value)
	case anything:
		if v.Type() != rawType {
			return fmt.Errorf("%s cannot hold just anything", v.Type())
		}
		v.SetBytes(wire(d))
		return nil
	case fileName:
		return nil // the runtime fills it in
	case digest:
		if d.of(uploadText) == "given" {
			v.SetString("given")
		}
		return nil
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), doc)
	}
	switch v.Type() {
	case secretType:
		return put(doc, func(s secret) { v.Set(reflect.ValueOf(wxpay.NewSecret(string(s)))) })
	case timeType:
		var t wxpay.Time
		text, _ := doc.(string)
		err := t.UnmarshalText([]byte(text))
		v.Set(reflect.ValueOf(t))
		return err
	}
	return fillKind(v, doc)
}

func fillKind(v reflect.Value, doc any) error {
	switch v.Kind() {
	case reflect.String:
		return put(doc, v.SetString)
	case reflect.Bool:
		return put(doc, v.SetBool)
	case reflect.Int64:
		return put(doc, func(n json.Number) { i, _ := n.Int64(); v.SetInt(i) })
	case reflect.Float64:
		return put(doc, func(n json.Number) { f, _ := n.Float64(); v.SetFloat(f) })
	case reflect.Slice:
		list, ok := doc.([]any)
		if !ok {
			return fmt.Errorf("%s cannot hold %T", v.Type(), doc)
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, item := range list {
			if err := fill(v.Index(i), item); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	case reflect.Map, reflect.Struct:
		object, ok := doc.(map[string]any)
		if !ok {
			return fmt.Errorf("%s cannot hold %T", v.Type(), doc)
		}
		return fillObject(v, object)
	}
	return fmt.Errorf("no way to fill %s", v.Type())
}

func fillObject(v reflect.Value, object map[string]any) error {
	if v.Kind() == reflect.Map {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if v.Kind() == reflect.Map {
			item := reflect.New(v.Type().Elem()).Elem()
			if err := fill(item, object[name]); err != nil {
				return fmt.Errorf("[%s]: %w", name, err)
			}
			v.SetMapIndex(reflect.ValueOf(name), item)
			continue
		}
		field, ok := byTag(v, "json", name)
		if !ok {
			return fmt.Errorf("%s has no field for %s", v.Type(), name)
		}
		if err := fill(field, object[name]); err != nil {
			return fmt.Errorf(".%s: %w", name, err)
		}
	}
	return nil
}

// put passes the document to set if it is of the wanted type.
func put[T any](doc any, set func(T)) error {
	value, ok := doc.(T)
	if !ok {
		return fmt.Errorf("no place for %T %v", doc, doc)
	}
	set(value)
	return nil
}

// holds describes the difference between a decoded Go value and the sent document.
func holds(at string, v reflect.Value, doc any) []string {
	switch d := doc.(type) {
	case inString:
		return holds(at, v, d.value)
	case anything:
		if v.Type() == rawType {
			got, err := decode(v.Bytes())
			if err == nil && reflect.DeepEqual(got, d.value) {
				return nil
			}
		}
		return []string{fmt.Sprintf("%s is %v, wanted %v", at, v, d.value)}
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return []string{fmt.Sprintf("%s is nil, wanted %v", at, doc)}
		}
		return holds(at, v.Elem(), doc)
	}
	switch d := doc.(type) {
	case map[string]any:
		return holdsObject(at, v, d)
	case []any:
		if v.Kind() != reflect.Slice || v.Len() != len(d) {
			return []string{fmt.Sprintf("%s is %v, wanted %v", at, v, doc)}
		}
		var faults []string
		for i, item := range d {
			faults = append(faults, holds(fmt.Sprintf("%s[%d]", at, i), v.Index(i), item)...)
		}
		return faults
	}
	if got, want := scalar(v), fmt.Sprint(doc); got != want {
		return []string{fmt.Sprintf("%s is %q, wanted %q", at, got, want)}
	}
	return nil
}

func holdsObject(at string, v reflect.Value, object map[string]any) (faults []string) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch v.Kind() {
		case reflect.Map:
			faults = append(faults,
				holds(at+"["+name+"]", v.MapIndex(reflect.ValueOf(name)), object[name])...)
		case reflect.Struct:
			if field, ok := byTag(v, "json", name); ok {
				faults = append(faults, holds(at+"."+name, field, object[name])...)
				continue
			}
			faults = append(faults, fmt.Sprintf("%s: %s has no field for %s", at, v.Type(), name))
		default:
			faults = append(faults, fmt.Sprintf("%s is %s, wanted an object", at, v.Type()))
		}
	}
	return faults
}

// scalar is the value as it was sent; for a Secret, the clear text.
func scalar(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case wxpay.Secret:
		return x.Reveal()
	case wxpay.Time:
		return x.String()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	}
	return fmt.Sprintf("a %s", v.Type())
}
