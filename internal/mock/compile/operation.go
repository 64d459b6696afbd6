package compile

import (
	"errors"
	"strconv"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/rawspec"
)

func (b *builder) operation(op *rawspec.Operation) (*desc.Operation, error) {
	status, kind, reply := op.Reply()
	code, err := strconv.Atoi(status)
	if err != nil {
		return nil, errors.New("no success is described")
	}
	out := &desc.Operation{
		ID: op.At("operationId").Text(), Method: op.Method(), Path: op.Path,
		Title: op.At("summary").Text(), Service: op.Service(),
		Choices: choices(op.View), Status: code, Unsigned: op.At("x-wxpay-unsigned").Is("true"),
		Idempotent: op.At("x-wxpay-idempotent").Is("true"), Tags: op.At("tags").Texts(),
		Roles: op.At("x-wxpay-roles").Texts(),
	}
	for _, p := range op.Parameters {
		param, err := b.param(p)
		if err != nil {
			return nil, err
		}
		out.Params = append(out.Params, param)
	}
	if kind != "" {
		out.ReplyKind = desc.JSON
		if kind == "application/octet-stream" {
			out.ReplyKind = desc.File
		}
		if out.ReplyAt, err = b.schema(reply, 0); err != nil {
			return nil, err
		}
	}
	return out, b.body(op, out)
}

func (b *builder) body(op *rawspec.Operation, out *desc.Operation) (err error) {
	switch op.Content {
	case "":
		return nil
	case "multipart/form-data":
		out.BodyKind = desc.Upload
	default:
		out.BodyKind = desc.JSON
	}
	if out.Example, err = encoded(op.At("requestBody", "content", op.Content, "example")); err !=
		nil {
		return err
	}
	out.BodyAt, err = b.schema(op.Schema, 0)
	return err
}

func (b *builder) param(p rawspec.View) (out desc.Param, err error) {
	out = desc.Param{
		Name: p.At("name").Text(), In: p.At("in").Text(), Label: label(p),
		Required: p.At("required").Is("true"),
	}
	if out.Example, err = encoded(p.At("example")); err != nil {
		return out, err
	}
	out.At, err = b.schema(p.At("schema"), 0)
	return out, err
}
