package wxpay

import "errors"

// Classes of errors, for [errors.Is]. An error can belong to several. An [*Error] has its class
// even if its reply is unsigned, but not if the signature is wrong. Ask Verified before you act on
// ErrNotFound or ErrBusiness.
var (
	// ErrOutcomeUnknown: the request may have taken effect. The reply is missing, not verified, too
	// large, or a server's error (5xx). Query the outcome under the same number before you start
	// anew under another.
	ErrOutcomeUnknown = errors.New("wxpay: outcome unknown")
	// ErrRetryable: the same call, with the same business number, may succeed later. It includes
	// ErrRateLimited, a TransportError unless the context was cancelled, and a probe.
	ErrRetryable = errors.New("wxpay: retryable")
	// ErrRateLimited: too many calls; slow down.
	ErrRateLimited = errors.New("wxpay: rate limited")
	// ErrAuth: the signature, the certificate or the permission is refused; the configuration needs
	// mending.
	ErrAuth = errors.New("wxpay: not authorized")
	// ErrNotFound: WeChat Pay says that the thing does not exist. A bare HTTP 404 of a gateway is
	// not this.
	ErrNotFound = errors.New("wxpay: not found")
	// ErrBadRequest: the request is malformed. An [*InvalidError] is one, too.
	ErrBadRequest = errors.New("wxpay: bad request")
	// ErrBusiness: the request is well-formed, but the state of the business forbids it: a paid
	// order, an empty balance.
	ErrBusiness = errors.New("wxpay: refused")
)

// Codes that many operations share. WeChat Pay's documents have further ones; Code is an open
// string.
const (
	CodeParamError           = "PARAM_ERROR"            // 400
	CodeInvalidRequest       = "INVALID_REQUEST"        // 400
	CodeAppIDMchIDNotMatch   = "APPID_MCHID_NOT_MATCH"  // 400
	CodeMchNotExists         = "MCH_NOT_EXISTS"         // 400
	CodeOrderClosed          = "ORDER_CLOSED"           // 400
	CodeAlreadyExists        = "ALREADY_EXISTS"         // 400
	CodeSignError            = "SIGN_ERROR"             // 401
	CodeNoAuth               = "NO_AUTH"                // 403
	CodeNotEnough            = "NOT_ENOUGH"             // 403
	CodeOutTradeNoUsed       = "OUT_TRADE_NO_USED"      // 403
	CodeTradeError           = "TRADE_ERROR"            // 403
	CodeRuleLimit            = "RULE_LIMIT"             // 403
	CodeAccountError         = "ACCOUNT_ERROR"          // 403
	CodeRequestBlocked       = "REQUEST_BLOCKED"        // 403
	CodeUserAccountAbnormal  = "USER_ACCOUNT_ABNORMAL"  // 403
	CodeNotFound             = "NOT_FOUND"              // 404
	CodeOrderNotExist        = "ORDER_NOT_EXIST"        // 404
	CodeResourceNotExists    = "RESOURCE_NOT_EXISTS"    // 404
	CodeFrequencyLimited     = "FREQUENCY_LIMITED"      // 429
	CodeFrequencyLimitExceed = "FREQUENCY_LIMIT_EXCEED" // 429
	CodeRateLimitExceeded    = "RATELIMIT_EXCEEDED"     // 429
	CodeSystemError          = "SYSTEM_ERROR"           // 500
	CodeBankError            = "BANK_ERROR"             // 500
	CodeBizNeedRetry         = "BIZ_ERR_NEED_RETRY"     // 500
)
