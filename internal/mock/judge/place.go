package judge

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// place is the place of a value.
type place struct {
	location string // "body", "query", "header", "uri_template"
	pointer  string // "/amount/total"
	label    string // "总金额"
}

func (p place) source() string { return "/" + p.location + p.pointer }

// field is the place in the detail of an error.
func (p place) field() string {
	if p.location == "body" || p.pointer == "" {
		return p.pointer
	}
	return p.pointer[1:]
}

func (p place) missing() *refuse.Error {
	return refuse.Param(p.location, p.field(), "", "field is required",
		"输入源“%s”映射到字段“%s”必填性规则校验失败，此字段为必填项", p.source(), p.label)
}

// breaks is an error for a value that breaks a rule of some kind (字符串, 数值 …).
func (p place) breaks(kind string, value any, issue, format string, args ...any) *refuse.Error {
	return refuse.Param(p.location, p.field(), value, issue, "输入源“%s”映射到字段“%s”%s规则校验失败，%s",
		p.source(), p.label, kind, fmt.Sprintf(format, args...))
}

func (p place) wants(value any, what, issue string) *refuse.Error {
	return refuse.Param(p.location, p.field(), shown(value), issue,
		"无法将 JSON 输入源“%s”映射到目标字段“%s”中，此字段需要一个合法的%s", p.source(), p.label, what)
}
