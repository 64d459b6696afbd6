package judge

import (
	"crypto/rsa"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Request is what is judged.
type Request struct {
	Method string
	URI    string // as sent: escaped path and query
	Header http.Header
	Body   []byte // that was signed: of an upload, its JSON part
	Raw    []byte // as sent
	File   *File  // of an upload
}

// Verdict is what one check found.
type Verdict struct {
	Check  string `json:"check"`
	Result string `json:"result"` // Pass, Fail or Skip
	Note   string `json:"note,omitempty"`
}

// The results.
const (
	Pass = "pass"
	Fail = "fail"
	Skip = "skip"
)

// Report is what judging a request found.
type Report struct {
	Account  *keys.Account
	Verdicts []Verdict
	Refusal  *refuse.Error // nil if the request is accepted
	Expected string        // the string that should have been signed
	Signed   string        // that was signed instead, where it can be told
	Mistake  string        // what is wrong with it, for people
	Sealed   []Sealed
}

// Sealed is a field that came encrypted.
type Sealed struct {
	At         string `json:"at"` // "/body/user_name"
	Ciphertext string `json:"ciphertext"`
	Clear      string `json:"clear"`
}

func (r *Report) pass(check, note string) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Pass, note})
}

func (r *Report) skip(check, note string) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Skip, note})
}

func (r *Report) fail(check string, e *refuse.Error) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Fail, e.Message})
	r.Refusal = e
}

// check notes a check that may have failed, and reports whether it passed.
func (r *Report) check(name string, e *refuse.Error, note string) bool {
	if e != nil {
		r.fail(name, e)
		return false
	}
	r.pass(name, note)
	return true
}

// Judge judges requests. It is safe for concurrent use.
type Judge struct {
	Ring *keys.Ring
	Now  func() time.Time

	nonces nonces
}

// Skew is how far a request's timestamp may be off.
const Skew = 5 * time.Minute

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
	const most = 16 // five are known
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

// Authorize judges who sent a request, and whether it is what was signed.
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
	if !keys.Verify(&account.Key.PublicKey, r.Expected, a.Signature) {
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

func message(method, uri, timestamp, nonce, body string) string {
	return method + "\n" + uri + "\n" + timestamp + "\n" + nonce + "\n" + body + "\n"
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

// mismatch shows the string that the server made of the request, as WeChat Pay does: its line ends
// escaped, its body cut.
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

// clip keeps what strangers send from filling a message.
func clip(text string) string {
	const most = 64
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// explain tries what people sign by mistake: the signature tells which of it was signed.
func (j *Judge) explain(r *Report, req *Request, a *Authorization, account *keys.Account) {
	for _, g := range guesses(req, a) {
		if keys.Verify(&account.Key.PublicKey, g.text, a.Signature) {
			r.Signed, r.Mistake = g.text, g.mistake
			return
		}
	}
	for _, other := range j.others(account) {
		if keys.Verify(other.key, r.Expected, a.Signature) {
			r.Signed, r.Mistake = r.Expected, "the string is right, and it was signed with the "+
				"key of "+other.name
			return
		}
	}
	r.Mistake = "the signature is none of this account's key over any string that could be guessed"
}

type owned struct {
	name string
	key  *rsa.PublicKey
}

func (j *Judge) others(account *keys.Account) (list []owned) {
	for _, a := range j.Ring.Accounts {
		if a != account {
			list = append(list, owned{string(a.Role) + " " + a.ID, &a.Key.PublicKey})
		}
	}
	list = append(list, owned{"the platform's public key", &j.Ring.Public.Key.PublicKey})
	for _, c := range j.Ring.Certificates() {
		list = append(list, owned{"the platform certificate", &c.Key.PublicKey})
	}
	return list
}
