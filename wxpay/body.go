package wxpay

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/internal/fault"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// encode marshals the body once, for all attempts: the client sends the bytes that it signed.
func (p *prepared) encode(ctx context.Context) error {
	var fields []extraField
	if p.opts != nil {
		fields = p.opts.fields
	}
	var w wire.Writer
	if raw, ok := p.call.Body.(rawBody); ok {
		var err error
		if !utf8.Valid(raw) {
			return garbled(p.call.Name, "body")
		}
		if p.signed, err = addFields(&w, bytes.Clone(raw), fields); err != nil {
			return p.fieldFault(err)
		}
	} else if p.call.Body != nil || len(fields) > 0 {
		s := p.c.borrow()
		defer p.c.giveBack(s)
		body, err := w.Append(s.json, p.call.Body)
		if err != nil {
			s.json = s.json[:cap(s.json)] // some of the body was written
			return p.encodingFault(err)
		}
		s.json = body
		if body, err = addFields(&w, body, fields); err != nil {
			s.json = s.json[:cap(s.json)] // some fields were written
			return p.fieldFault(err)
		}
		s.json = body
		p.signed = bytes.Clone(body) // net/http may read it after the call has returned
	}
	if w.Mixed {
		return p.invalid("the body holds Secrets that were sealed with different platform keys",
			nil)
	}
	p.call.Serial = cmp.Or(p.call.Serial, w.Serial)
	if p.call.File != nil {
		var ok bool
		if p.file, ok = p.call.File.(upload); !ok {
			return p.invalid(fmt.Sprintf("Call.File is a %T; want a *wxpay.File", p.call.File), nil)
		}
		return p.file.frame(ctx, p)
	}
	if p.body = p.signed; p.body != nil {
		p.kind = "application/json"
	}
	return nil
}

func (p *prepared) encodingFault(err error) error {
	if errors.Is(err, fault.ErrUnsealed) {
		return &SealError{Operation: p.call.Name, Field: "body", Err: fault.ErrUnsealed}
	}
	if fault := misplaced(p.call.Name, "body", err); fault != nil {
		return fault
	}
	return p.invalid("body does not encode as JSON", err)
}

func (p *prepared) fieldFault(err error) error {
	if fault := misplaced(p.call.Name, "WithField", err); fault != nil {
		return fault
	}
	return p.invalid("call option", err)
}

// rawBody is sent as it is.
type rawBody []byte

// addFields splices fields into the JSON object body; null stands for none.
func addFields(w *wire.Writer, body []byte, fields []extraField) ([]byte, error) {
	if len(fields) == 0 {
		return body, nil
	}
	members := make(map[string]json.RawMessage)
	if wire.Decode(body, &members) != nil {
		return nil, errors.New("WithField: the body is no JSON object")
	}
	out := bytes.TrimSuffix(bytes.TrimRight(body, " \t\r\n"), []byte("}"))
	if members == nil {
		members, out = make(map[string]json.RawMessage), []byte("{")
	}
	for _, f := range fields {
		if _, taken := members[f.name]; taken {
			return nil, errors.New("WithField: the body already has " + f.name)
		}
		if !utf8.ValidString(f.name) {
			return nil, fault.ErrNotUTF8
		}
		value, err := w.Append(nil, f.value)
		if errors.Is(err, fault.ErrNotUTF8) {
			return nil, fault.Below(f.name, -1, err)
		}
		if err != nil {
			return nil, errors.New("WithField: " + f.name + " does not encode as JSON")
		}
		if members[f.name] = value; len(members) > 1 {
			out = append(out, ',')
		}
		out = append(append(wire.AppendText(out, []byte(f.name)), ':'), value...)
	}
	return append(out, '}'), nil
}
