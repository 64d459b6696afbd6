package judge

import (
	"encoding/base64"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Authorization is a parsed Authorization header.
type Authorization struct {
	Role      keys.Role
	ID        string
	Nonce     string
	Timestamp string
	Serial    string
	Signature []byte
}

const malformed = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"

// ParseAuthorization reads an Authorization header.
func ParseAuthorization(header string) (*Authorization, *refuse.Error) {
	scheme, rest, _ := strings.Cut(header, " ")
	a := &Authorization{Role: keys.Merchant}
	wanted, id := a.Role.Scheme()
	if brand, brandID := keys.Brand.Scheme(); scheme == brand {
		a.Role, wanted, id = keys.Brand, brand, brandID
	}
	switch {
	case header == "":
		return nil, refuse.Sign("authorization", "header is missing", malformed)
	case scheme != wanted:
		return nil, refuse.Sign("authorization", "scheme is not "+wanted,
			"Http头Authorization认证类型不正确")
	}
	fields, issue := pairs(rest)
	if issue != "" {
		return nil, refuse.Sign("authorization", issue, malformed)
	}
	for _, f := range []struct {
		name string
		to   *string
	}{{id, &a.ID}, {"nonce_str", &a.Nonce}, {"timestamp", &a.Timestamp}, {"serial_no", &a.Serial}} {
		if *f.to = fields[f.name]; *f.to == "" {
			return nil, refuse.Sign(f.name, f.name+" is missing", malformed)
		}
	}
	signature, err := base64.StdEncoding.DecodeString(fields["signature"])
	if err != nil || len(signature) == 0 {
		return nil, refuse.Sign("signature", "signature is missing or no base64", malformed)
	}
	a.Signature = signature
	return a, nil
}

// pairs reads name="value",name="value"; names in any order, each once.
func pairs(text string) (fields map[string]string, issue string) {
	const most = 16 // five names are known
	fields = make(map[string]string, 5)
	for text = strings.TrimSpace(text); text != ""; {
		name, rest, ok := strings.Cut(text, `="`)
		value, after, closed := strings.Cut(rest, `"`)
		name = strings.TrimSpace(name)
		switch {
		case !ok || !closed || name == "" || strings.ContainsAny(name, `", `):
			return nil, `want name="value",name="value"`
		case len(fields) >= most:
			return nil, "too many fields"
		}
		if _, twice := fields[name]; twice {
			return nil, name + " is there twice"
		}
		fields[name] = value
		after = strings.TrimSpace(after)
		next, comma := strings.CutPrefix(after, ",")
		if after != "" && !comma {
			return nil, "fields are not separated by commas"
		}
		text = strings.TrimSpace(next)
	}
	return fields, ""
}

func message(method, uri, timestamp, nonce, body string) string {
	return method + "\n" + uri + "\n" + timestamp + "\n" + nonce + "\n" + body + "\n"
}
