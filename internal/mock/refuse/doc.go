// Package refuse holds the errors of WeChat Pay: status, code, message, detail, and the number at
// the end of the Request-Id.
package refuse
