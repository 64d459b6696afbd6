// Package interop tests package wxpay against WeChat Pay's own Go SDK: each verifies, opens and
// parses messages of the other, both send the same requests, and a benchmark runs both side by
// side. It has a go.mod of its own, so that users of wxgen do not depend on that SDK.
package interop
