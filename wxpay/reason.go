package wxpay

import (
	"strconv"
	"strings"
)

// Reason is the number at the end of an error reply's Request-Id ("08F0A2B3C4-268435461"). It tells
// apart errors with the same code. Its String returns its known meaning, or the number.
type Reason int64

// Reasons that WeChat Pay has documented; there are more.
const (
	ReasonIllegalParameter Reason = 268435461 // the value of a parameter is not acceptable
	ReasonUnknownParameter Reason = 270924358 // there is no parameter of this name
	ReasonNoSuchOrder      Reason = 268512771
	ReasonPaidAlready      Reason = 268449538
	ReasonTooManyRequests  Reason = 268447840
	ReasonAnotherMerchant  Reason = 268447843 // the order is not this merchant's
	ReasonOtherParameters  Reason = 268498688 // the number was used with other parameters
)

// String returns the known meaning of the reason, or its number.
func (r Reason) String() string {
	switch r {
	case ReasonIllegalParameter:
		return "illegal parameter"
	case ReasonUnknownParameter:
		return "there is no such parameter"
	case ReasonNoSuchOrder:
		return "there is no such order"
	case ReasonPaidAlready:
		return "the order is paid already"
	case ReasonTooManyRequests:
		return "too many requests"
	case ReasonAnotherMerchant:
		return "the order is another merchant's"
	case ReasonOtherParameters:
		return "the number was used with other parameters"
	}
	return strconv.FormatInt(int64(r), 10)
}

// explain adds the meaning of its number to a request id, if that is known.
func (r Reason) explain() string {
	if text := r.String(); text[0] > '9' {
		return ": " + text
	}
	return ""
}

func reasonOf(requestID string) Reason {
	dash := strings.LastIndexByte(requestID, '-')
	if dash < 0 {
		return 0
	}
	n, err := strconv.ParseUint(requestID[dash+1:], 10, 63)
	if err != nil {
		return 0
	}
	return Reason(n)
}
