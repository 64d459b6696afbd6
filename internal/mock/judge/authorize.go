package judge

import (
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Authorize checks the sender of a request, and its signature.
func (j *Judge) Authorize(req *Request) *Report {
	r := new(Report)
	a, refused := ParseAuthorization(req.Header.Get("Authorization"))
	if !r.check("authorization", refused, "") {
		return r
	}
	r.Expected = message(req.Method, req.URI, a.Timestamp, a.Nonce, string(req.Body))
	account, refused := j.account(a)
	if !r.check("account", refused, a.ID) {
		return r
	}
	if !r.check("timestamp", j.fresh(a.Timestamp), a.Timestamp) ||
		!r.check("certificate", serial(account, a), a.Serial) {
		return r
	}
	if !keys.Verify(keys.Public(account.Key), r.Expected, a.Signature) {
		j.explain(r, req, a, account)
		r.fail("signature", mismatch(req, r.Expected))
		return r
	}
	r.pass("signature", "")
	if !r.check("nonce", j.once(account, a), a.Nonce) {
		return r
	}
	r.Account = account
	return r
}

func (j *Judge) account(a *Authorization) (*keys.Account, *refuse.Error) {
	account := j.Ring.Account(a.Role, a.ID)
	if account == nil {
		_, id := a.Role.Scheme()
		return nil, refuse.Sign(id, id+" "+clip(a.ID)+" is unknown to this test server",
			"商户号“%s”不存在", clip(a.ID))
	}
	return account, nil
}

func serial(account *keys.Account, a *Authorization) *refuse.Error {
	if strings.EqualFold(a.Serial, account.SerialNo) {
		return nil
	}
	return refuse.Sign("serial_no", "serial_no "+clip(a.Serial)+
		" is not that of the merchant's certificate, "+account.SerialNo,
		"商户证书序列号有误。请使用签名私钥匹配的证书序列号")
}

func (j *Judge) fresh(timestamp string) *refuse.Error {
	const longest = 20 // digits
	unix, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || len(timestamp) > longest {
		return refuse.Sign("timestamp", "timestamp is no number of seconds", malformed)
	}
	if off := j.Now().Sub(time.Unix(unix, 0)); off.Abs() > Skew {
		return refuse.Sign("timestamp", "timestamp is off by "+off.Round(time.Second).String()+
			", by the clock of this server",
			"Http头Authorization中的timestamp与发起请求的时间不得超过5分钟")
	}
	return nil
}

func (j *Judge) once(account *keys.Account, a *Authorization) *refuse.Error {
	if len(a.Nonce) > 128 {
		return refuse.Sign("nonce_str", "nonce_str is longer than 128 bytes", malformed)
	}
	if j.nonces.seen(account.ID+"\x00"+a.Nonce+"\x00"+a.Timestamp, j.Now()) {
		return refuse.Sign("nonce_str", "nonce_str was used before: sign each attempt anew",
			"请求重放：nonce_str“%s”已使用过", clip(a.Nonce))
	}
	return nil
}

// mismatch shows the server's string to sign, as WeChat Pay does: with escaped line ends and a cut
// body.
func mismatch(req *Request, expected string) *refuse.Error {
	const shown = 8 // bytes of the body
	cut := expected
	if most := len(expected) - len(req.Body) - 1 + shown; len(req.Body) > shown {
		cut = expected[:most] + "\n"
	}
	return &refuse.Error{
		Status: 401, Number: refuse.NumberIllegal, Code: "SIGN_ERROR", Message: "错误的签名，验签失败",
		Detail: map[string]any{
			"field": "signature", "issue": "sign not match", "location": "authorization",
			"detail": map[string]any{"issue": "sign not match"},
			"sign_information": map[string]any{
				"method": req.Method, "url": req.URI,
				"truncated_sign_message": strings.ToValidUTF8(strings.ReplaceAll(cut, "\n", `\n`),
					"\uFFFD"), "sign_message_length": len(expected),
			},
		},
	}
}
