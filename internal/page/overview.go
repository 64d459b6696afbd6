package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The head of an official page has facts about an operation as a whole.

var (
	updateTime = lazy(
		`(?i)(?:更新时间|更新日期|update(?:d)?\s*time|last\s+updated?)\s*[:：]?\s*(\d{4})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,2})`)
	methodWord = lazy(
		`(?i)(?:请求方(?:式|法)|request\s+method|HTTP\s+method)\s*[:：]?\s*[【\[(（]?\s*(GET|POST|PUT|PATCH|DELETE)\b`)
	idempotent = lazy(
		`(?i)(?:幂等|idempoten(?:t|cy|ce))[^\n:：]{0,12}[:：]\s*[【\[]?(是|支持|yes|true|supported)`)
	rate = lazy(
		`(?i)(?:接口频率(?:限制)?|频率限制|接口限频|限频|调用频率|频率|rate\s+limit\w*)\s*[:：]?\s*[【\[]?([^\n。；;,，】\]]{1,60})`)
	audience = lazy(
		`(?i)(?:支持商户|适用对象|适用商户|支持模式|applicable\s+(?:object|to|mode)s?)\s*[:：]?([^\n]*)`)
)

// audiences are the callers in the words of the documents, longest words first.
var audiences = []struct {
	role  string
	words []string
}{
	{"institution", []string{"机构模式", "从业机构", "支付机构", "银行", "机构", "Institutional mode",
		"Institution"}},
	{"platform", []string{"平台商户", "电商平台", "收付通", "电商", "平台"}},
	{"channel", []string{"渠道商", "渠道", "Channel"}},
	{"partner", []string{"普通服务商", "服务商", "Partner", "Service provider"}},
	{"merchant", []string{"普通商户", "直连商户", "直连模式", "直连", "普通模式", "Common mode", "Direct"}},
	{"brand", []string{"品牌商户", "品牌方", "品牌", "Brand"}},
}

// roleOrder is the order in x-wxpay-roles.
var roleOrder = []string{"merchant", "partner", "platform", "institution", "channel", "brand"}

// rolesIn finds the callers in a text.
func rolesIn(text string) []string {
	var roles []string
	for _, a := range audiences {
		for _, word := range a.words {
			if i := strings.Index(strings.ToLower(text), strings.ToLower(word)); i >= 0 {
				roles = append(roles, a.role)
				// 平台 is part of the word 平台商户
				text = strings.ReplaceAll(text, text[i:i+len(word)], " ")
				break
			}
		}
	}
	slices.SortFunc(roles, func(a, b string) int {
		return slices.Index(roleOrder, a) - slices.Index(roleOrder, b)
	})
	return roles
}

// dateIn finds the date of the page's last change; "" if there is none.
func dateIn(text string) string {
	m := updateTime().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return ""
	}
	return fmt.Sprintf("%s-%02d-%02d", m[1], month, day)
}

// rateIn finds the limit on the rate of calls.
func rateIn(text string) string {
	for _, m := range rate().FindAllStringSubmatch(text, -1) {
		if strings.ContainsAny(m[1], "0123456789") {
			return strings.TrimSpace(m[1])
		}
	}
	return ""
}

// overview reads the facts in the head of a page.
func (op *Operation) overview(text string) {
	op.Updated = dateIn(text)
	if m := audience().FindStringSubmatch(text); m != nil {
		op.Roles = rolesIn(m[1])
	}
	op.Idempotent = op.Method != "GET" && idempotent().MatchString(text)
	if r := rateIn(text); r != "" {
		op.Description = "频率限制：" + r
	}
}
