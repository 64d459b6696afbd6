package wxpay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// maxErrorBody is how much of an error reply is kept.
const maxErrorBody = 16 << 10

// Error is an error reply: any status but 2xx, or a 2xx with an error as its body. (A status below
// 200 is no reply yet: its body is not read, and the outcome is unknown.) [errors.Is] tells its
// class: [ErrNotFound], [ErrRetryable] …
type Error struct {
	Operation  string // "payrollcard.PreOrderWithAuth"
	Method     string // "POST"
	Path       string // the template, as "/v3/payroll-card/relations/{openid}"; never its values
	StatusCode int
	// as "PARAM_ERROR", see the Code constants; empty if the reply is not WeChat Pay's JSON
	Code      string
	Message   string
	Detail    ErrorDetail
	RequestID string
	Reason    Reason // from RequestID; 0 if it ends in none
	Attempts  int    // how often the request was tried

	// Verified reports whether the reply has a valid signature. Gateways do not sign, so an
	// unsigned error is still an error, and has its class. Do not conclude from it that, say, an
	// order does not exist.
	Verified bool
	// Verification is the fault of the reply's signature. Such an error belongs to no class but
	// ErrOutcomeUnknown.
	Verification *VerifyError

	reply   concealed[errorReply]
	inDoubt bool // an earlier attempt may have taken effect
}

// ErrorDetail is what an error reply says about one field.
type ErrorDetail struct {
	Field    string `json:"field"`    // JSON pointer, as "/amount/currency"
	Location string `json:"location"` // "body", "query", "url" …
	Issue    string `json:"issue"`
	Value    Secret `json:"-"` // as received; may be personal data
}

// errorReply holds the parts of a reply that must not be printed: personal data and a signature.
type errorReply struct {
	header http.Header
	body   []byte
}

// Header returns the header of the reply.
func (e *Error) Header() http.Header { return reveal(e.reply).header }

// Body returns the received body, at most 16 KiB of it. It may hold personal data.
func (e *Error) Body() []byte { return reveal(e.reply).body }

// Error names operation, path template, status, code, message, field and request id.
func (e *Error) Error() string {
	s := fmt.Sprintf("wxpay: %s: %s %s: HTTP %d", e.Operation, e.Method, e.Path, e.StatusCode)
	for _, text := range []string{e.Code, e.Message} {
		if text != "" {
			s += " " + oneLine(text)
		}
	}
	if d := e.Detail; d.Field != "" || d.Issue != "" {
		s += fmt.Sprintf(" (field %s in %s: %s)", oneLine(d.Field), oneLine(d.Location),
			oneLine(d.Issue))
	}
	s += origins("", e.RequestID, e.Reason, 0)
	if e.Verification != nil {
		s += fmt.Sprintf(" (NOT VERIFIED: %s: %v)", e.Verification.Step, e.Verification.Err)
	} else if !e.Verified {
		s += " (unsigned)"
	}
	return s + origins("", "", 0, e.Attempts)
}

// Unwrap returns the *VerifyError of a reply with a bad signature.
func (e *Error) Unwrap() error {
	if e.Verification == nil {
		return nil
	}
	return e.Verification
}

// Is reports whether target is a class of e. See [ErrRetryable] and its siblings.
func (e *Error) Is(target error) bool {
	switch {
	case target == ErrOutcomeUnknown:
		return e.StatusCode < 200 || e.StatusCode >= 500 || e.Verification != nil || e.inDoubt ||
			e.StatusCode < 300 && e.Is(ErrRetryable) && !e.Is(ErrRateLimited)
	case e.Verification != nil:
		return e.Verification.Is(target)
	}
	switch target {
	case ErrRateLimited:
		return e.rateLimited()
	case ErrRetryable:
		return e.retryable()
	case ErrAuth:
		return e.auth()
	case ErrNotFound:
		return e.notFound()
	case ErrBadRequest:
		return e.badRequest()
	case ErrBusiness:
		return e.Code != "" && e.StatusCode < 500 &&
			!e.isOneOf(ErrRetryable, ErrAuth, ErrNotFound, ErrBadRequest)
	}
	return false
}

func (e *Error) isOneOf(classes ...error) bool { return slices.ContainsFunc(classes, e.Is) }

// newError reads an error reply. A body that is not WeChat Pay's JSON gives an Error without a
// code.
func newError(call *gen.Call, resp *http.Response, body []byte) *Error {
	e := &Error{
		Operation: call.Name, Method: call.Method, Path: call.Path,
		StatusCode: resp.StatusCode, RequestID: resp.Header.Get(headerRequestID),
		Reason: reasonOf(resp.Header.Get(headerRequestID)),
		reply:  conceal(errorReply{resp.Header, bytes.Clone(body[:min(len(body), maxErrorBody)])}),
	}
	var reply struct {
		Code    string          `json:"code"`
		Message string          `json:"message"`
		Detail  json.RawMessage `json:"detail"`
	}
	_ = wire.Decode(body, &reply) // a field that does not fit leaves the others readable
	e.Code, e.Message, e.Detail = reply.Code, reply.Message, parseDetail(reply.Detail)
	return e
}

// parseDetail reads an object, or the first object of a list.
func parseDetail(raw json.RawMessage) ErrorDetail {
	var detail struct {
		ErrorDetail
		Value json.RawMessage `json:"value"`
	}
	if raw = wire.First(raw); len(raw) > 0 {
		_ = wire.Decode(raw, &detail)
	}
	d := detail.ErrorDetail
	d.Value = NewSecret(string(detail.Value))
	if text, ok := wire.Unquote(detail.Value); ok {
		d.Value = NewSecret(string(text))
	}
	return d
}

func (e *Error) rateLimited() bool {
	switch e.Code {
	case CodeFrequencyLimited, CodeFrequencyLimitExceed, CodeRateLimitExceeded, "RATE_LIMITED",
		"RATELIMIT_EXCEED":
		return true
	}
	return e.StatusCode == http.StatusTooManyRequests
}

func (e *Error) retryable() bool {
	switch e.Code {
	case CodeSystemError, CodeBankError, CodeBizNeedRetry:
		return true
	}
	switch e.StatusCode {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable,
		http.StatusGatewayTimeout:
		return true
	}
	return e.rateLimited()
}

func (e *Error) auth() bool {
	switch e.Code {
	case CodeSignError, CodeNoAuth:
		return true
	}
	return e.StatusCode == http.StatusUnauthorized
}

func (e *Error) notFound() bool {
	switch e.Code {
	// a merchant that does not exist is a wrong configuration, not a missing thing
	case "", CodeMchNotExists:
		return false
	case CodeNotFound, CodeOrderNotExist, CodeResourceNotExists:
		return true
	}
	return e.StatusCode == http.StatusNotFound
}

func (e *Error) badRequest() bool {
	switch e.Code {
	case CodeParamError, CodeInvalidRequest, CodeAppIDMchIDNotMatch, CodeMchNotExists:
		return true
	case "":
		return e.StatusCode == http.StatusBadRequest
	}
	return false
}

func (e *Error) count(n int) { e.Attempts = n }
