package compile

import (
	"errors"
	"slices"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/rawspec"
)

// deepest bounds the nesting of schemas. A description that passes lint has no recursion.
const deepest = 40

// schema compiles a schema and returns its number. Children get their numbers first.
func (b *builder) schema(v rawspec.View, depth int) (int, error) {
	if depth > deepest {
		return 0, errors.New("schemas nest too deep")
	}
	s := &desc.Schema{
		Type: v.Type(), Format: v.At("format").Text(),
		Sensitive: v.At("x-wxpay-sensitive").Is("true"),
		Bytes:     v.At("x-wxpay-length").Is("bytes"), Clear: v.At("x-wxpay-length").Is("clear"),
		Pattern: v.At("pattern").Text(),
		Minimum: v.At("minimum").Text(), Maximum: v.At("maximum").Text(), Choices: choices(v),
		File: v.At("x-wxpay-file").Text(),
	}
	for key, to := range map[string]*int{
		"minLength": &s.MinLength, "maxLength": &s.MaxLength, "minItems": &s.MinItems,
		"maxItems": &s.MaxItems,
	} {
		*to, _ = v.Bound(key)
	}
	if err := b.values(s, v); err != nil {
		return 0, err
	}
	for key, to := range map[string]*int{"items": &s.ItemsAt, "additionalProperties": &s.ExtraAt,
		"contentSchema": &s.InsideAt} {
		if part := v.At(key); part.Type() != "" || len(part.Keys()) > 0 {
			at, err := b.schema(part, depth+1)
			if err != nil {
				return 0, err
			}
			*to = at
		}
	}
	if err := b.fields(s, v, depth); err != nil {
		return 0, err
	}
	return b.number(s)
}

func (b *builder) values(s *desc.Schema, v rawspec.View) (err error) {
	for _, item := range v.At("enum").List() {
		one, err := encoded(item)
		if err != nil {
			return err
		}
		s.Enum = append(s.Enum, one)
	}
	s.Example, err = encoded(v.At("example"))
	return err
}

func (b *builder) fields(s *desc.Schema, v rawspec.View, depth int) error {
	required, props := v.At("required").Texts(), v.At("properties")
	for _, name := range props.Keys() {
		prop := props.At(name)
		at, err := b.schema(prop, depth+1)
		if err != nil {
			return err
		}
		s.Fields = append(s.Fields, desc.Field{Name: name, Label: label(prop),
			Required: slices.Contains(required, name), At: at})
	}
	return nil
}
