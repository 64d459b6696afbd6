package naming

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/names"
)

// inEnglish translates the few values in Chinese.
var inEnglish = map[string]string{
	"一级": "FirstGrade", "二级": "SecondGrade", "三级": "ThirdGrade", "企业发起": "ByCompany",
	"员工注销": "ByEmployee", "订阅消息": "SubscribedMessage",
}

// Varnames names the constants of an enum of strings if one of its values cannot be part of a Go
// name; nil otherwise.
func Varnames(s *draft.Schema) []string {
	if !s.IsEnum() {
		return nil
	}
	out, needed := make([]string, len(s.Enum)), false
	for i, v := range s.Enum {
		name, err := names.Constant("", v.Value)
		if err != nil {
			name, needed = spelledOut(v.Value), true
		}
		out[i] = name
	}
	if !needed {
		return nil
	}
	return out
}

// spelledOut spells a value by its code points. People should write a better name.
func spelledOut(value string) string {
	if name, ok := inEnglish[value]; ok {
		return name
	}
	var b strings.Builder
	for _, r := range value {
		fmt.Fprintf(&b, "U%04X", r)
	}
	return b.String()
}
