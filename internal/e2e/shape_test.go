package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/wxgen/wxgen/internal/rawspec"
)

// shape makes a document of an example in the description. It makes up required fields that the
// example lacks.
func (s *sampler) shape(field string, v rawspec.View, example any) (any, error) {
	if example == nil || example == "" {
		return s.value(field, v), nil
	}
	if inside := v.At("contentSchema"); inside.Exists() {
		if text, ok := example.(string); ok {
			if err := json.Unmarshal([]byte(text), &example); err != nil {
				return nil, fmt.Errorf("%s: the example is no JSON: %w", field, err)
			}
		}
		inner, err := s.shape(field, inside, example)
		return inString{inner}, err
	}
	if v.At("x-wxpay-file").Exists() {
		return s.value(field, v), nil
	}
	switch e := example.(type) {
	case map[string]any:
		return s.shapeObject(field, v, e)
	case []any:
		list := []any{}
		for _, item := range e {
			shaped, err := s.shape(field, v.At("items"), item)
			if err != nil {
				return nil, err
			}
			list = append(list, shaped)
		}
		return list, nil
	}
	return shapeScalar(field, v, example)
}

func (s *sampler) shapeObject(field string, v rawspec.View, example map[string]any) (any, error) {
	props := v.At("properties")
	if len(props.Keys()) == 0 {
		return s.value(field, v), nil
	}
	doc := map[string]any{}
	for name, value := range example {
		if value == "" || value == nil {
			continue // an empty example counts as absent
		}
		if !props.At(name).Exists() {
			return nil, fmt.Errorf("%s.%s: the example has it, the schema does not", field, name)
		}
		shaped, err := s.shape(field+"."+name, props.At(name), value)
		if err != nil {
			return nil, err
		}
		doc[name] = shaped
	}
	least := &sampler{least: true, count: s.count}
	for _, name := range least.wanted(v,
		slices.Concat(v.At("required").Texts(), slices.Collect(maps.Keys(doc))), props) {
		if _, ok := doc[name]; !ok {
			doc[name] = s.value(name, props.At(name))
		}
	}
	return doc, nil
}

func shapeScalar(field string, v rawspec.View, example any) (any, error) {
	text := fmt.Sprint(example)
	if f, ok := example.(float64); ok {
		text = strconv.FormatFloat(f, 'f', -1, 64)
	}
	_, isText := example.(string)
	_, isBool := example.(bool)
	switch v.Type() {
	case "string":
		if !isText {
			return nil, fmt.Errorf("%s: the example %v is not a string", field, example)
		}
		if v.Sensitive() {
			return secret(text), nil
		}
		return moments(v, text), nil
	case "boolean":
		if !isBool {
			return nil, fmt.Errorf("%s: the example %v is not a boolean", field, example)
		}
		return example, nil
	case "integer", "number":
		if isText || isBool {
			return nil, fmt.Errorf("%s: the example %q is not a number", field, text)
		}
		return json.Number(text), nil
	}
	return nil, fmt.Errorf("%s: the example %v is no %s", field, example, v.Type())
}

// moments is a date-time as the runtime sends it. Some examples have fractions of a second, and
// others lack seconds or a zone.
func moments(v rawspec.View, text string) string {
	if !v.At("format").Is("date-time") {
		return text
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05"} {
		if at, err := time.ParseInLocation(layout, text, time.FixedZone("", 8*60*60)); err == nil {
			return at.Format("2006-01-02T15:04:05-07:00")
		}
	}
	return text
}
