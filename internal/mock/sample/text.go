package sample

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// number is a number within the limits. Amounts, counts and times get plausible values.
func (m *Maker) number(name string, s *desc.Schema) int64 {
	n := int64(1)
	switch {
	case strings.HasSuffix(name, "timestamp"):
		n = m.Now.Unix()
	case has(name, "amount", "fee", "total", "price", "balance"):
		n = 100
	case has(name, "expires_in"):
		n = 7200
	case name == "offset":
		n = 0
	case name == "limit":
		n = 20
	}
	if low, err := strconv.ParseFloat(s.Minimum, 64); err == nil {
		n = max(n, int64(low))
	}
	if high, err := strconv.ParseFloat(s.Maximum, 64); err == nil {
		n = min(n, int64(high))
	}
	return n
}

func has(name string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// text is a text within the limits that suits the field's name.
func (m *Maker) text(at, name, label string, s *desc.Schema) string {
	text := m.plain(at, name, label, s)
	if s.Pattern != "" {
		return m.matching(s, text)
	}
	if s.Sensitive && !s.Clear {
		return text // its limits are for the ciphertext
	}
	return within(s, text)
}

func (m *Maker) plain(at, name, label string, s *desc.Schema) string {
	if text, ok := m.moment(name, s); ok {
		return text
	}
	switch {
	case s.Format == "binary":
		return ""
	case has(name, "openid"):
		return "o" + m.letters(at, 27)
	case has(name, "unionid"):
		return "o" + m.letters(at, 27)
	case has(name, "appid"):
		return fmt.Sprintf("wx%016x", m.hash(at))
	case has(name, "mchid", "mch_id", "merchant_id"):
		return "19000" + m.digits(at, 5)
	case has(name, "url", "_link"):
		if m.URL != nil {
			return m.URL(name)
		}
		return "https://test.example/" + strings.ReplaceAll(name, "_", "-")
	case s.Sensitive || has(name, "id_card", "phone", "mobile", "email", "bank_account",
		"account_number"):
		return personal(name)
	case has(name, "currency"):
		return "CNY"
	case has(name, "sha256"):
		return fmt.Sprintf("%064x", m.hash(at))
	case name == "prepay_id":
		return "wx" + m.Now.Format("20060102150405") + m.digits(at, 18)
	case strings.HasSuffix(name, "_ip"):
		return "127.0.0.1"
	case has(name, "transaction_id"):
		return "42000" + m.digits(at, 23)
	case numbered(name):
		return m.digits(at, 28)
	case has(name, "token", "ticket", "sign", "hash", "cipher"):
		return m.letters(at, 32)
	}
	if text, ok := exampleOf(s); ok {
		return text
	}
	if label == "" {
		return "test"
	}
	return label
}

// numbered reports whether a field's name is that of an identifier.
func numbered(name string) bool {
	for _, end := range []string{"_no", "_id", "_code", "number", "_sn"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return name == "id" || name == "code"
}

func exampleOf(s *desc.Schema) (string, bool) {
	if s.Example == nil {
		return "", false
	}
	text, ok := decoded(s.Example).(string)
	return text, ok
}

// moment is a value for a field with a time.
func (m *Maker) moment(name string, s *desc.Schema) (string, bool) {
	at := m.Now
	switch {
	case has(name, "expire", "end_time", "stop"):
		at = at.AddDate(0, 0, 30)
	case has(name, "begin", "start", "effective"):
		at = at.AddDate(0, 0, 1)
	}
	switch {
	case s.Format == "date-time":
		return at.Format("2006-01-02T15:04:05+08:00"), true
	case s.Format == "date":
		return at.Format("2006-01-02"), true
	case strings.HasSuffix(name, "_time"):
		if text, ok := exampleOf(s); ok {
			return text, true
		}
		return at.Format("20060102150405"), true
	case strings.HasSuffix(name, "_date"):
		if text, ok := exampleOf(s); ok {
			return text, true
		}
		return at.Format("2006-01-02"), true
	}
	return "", false
}

// personal is made-up personal data.
func personal(name string) string {
	switch {
	case has(name, "id_card", "id_number", "identity", "id_doc", "cert"):
		return "110101199003070003"
	case has(name, "phone", "mobile", "tel"):
		return "13800138000"
	case has(name, "email"):
		return "test@test.example"
	case has(name, "bank", "account", "card"):
		return "6214830100000000"
	case has(name, "address"):
		return "广东省深圳市南山区测试路1号"
	}
	return "张三"
}

func (m *Maker) source(at string) *rand.Rand { return rand.New(rand.NewPCG(m.hash(at), 1)) }

func (m *Maker) letters(at string, n int) string {
	r, b := m.source(at), make([]byte, n)
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

func (m *Maker) digits(at string, n int) string {
	r, b := m.source(at), make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

// within shortens or extends a text to its limits.
func within(s *desc.Schema, text string) string {
	length := utf8.RuneCountInString
	if s.Bytes {
		length = func(t string) int { return len(t) }
	}
	for length(text) < s.MinLength {
		text += "1"
	}
	if s.MaxLength == 0 {
		return text
	}
	for length(text) > s.MaxLength {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// matching is the first of some texts that matches a pattern.
func (m *Maker) matching(s *desc.Schema, text string) string {
	re, err := regexp.Compile(s.Pattern)
	if err != nil {
		return text
	}
	tries := []string{within(s, text), m.Now.Format("20060102"), m.Now.Format("20060102150405"),
		m.Now.Format("2006-01-02"), m.Now.Format("2006-01-02T15:04:05+08:00"), "13800138000"}
	for n := range 65 {
		tries = append(tries, strings.Repeat("1", n))
	}
	if s.Example != nil {
		if example, ok := exampleOf(s); ok {
			tries = append([]string{example}, tries...)
		}
	}
	tries = append(tries, base64.StdEncoding.EncodeToString([]byte(text)))
	for _, t := range tries {
		if re.MatchString(t) && within(s, t) == t {
			return t
		}
	}
	return text
}
