package wxpay

import (
	"context"
	"log/slog"
	"time"
)

// Observer sees every attempt, for logs, traces and metrics. Its arguments never print a body, path
// value, query, key or signature. An [*Error] in Outcome.Err holds the reply in its fields.
type Observer interface {
	// Begin is called before an attempt. The attempt uses the returned context, so that a span in
	// it reaches the HTTP transport. The returned function, which may be nil, is called when the
	// attempt has ended.
	Begin(ctx context.Context, a Attempt) (context.Context, func(Outcome))
}

// Attempt is one try of a call.
type Attempt struct {
	Operation string // "payrollcard.PreOrderWithAuth"
	Method    string
	Path      string // the template; never its values
	Host      string
	Number    int    // from 1
	MchID     string // of the merchant that signs; "" if a brand does
	BrandID   string // of the brand that signs; "" if a merchant does
}

// Outcome is how an attempt ended.
type Outcome struct {
	StatusCode int    // 0 if no reply came
	Code       string // of an error reply
	RequestID  string
	Duration   time.Duration // of the attempt
	Err        error         // the error of the call; nil for success
}

// caller returns the number of the merchant or brand that signs, for logs.
func (a Attempt) caller() slog.Attr {
	if a.BrandID != "" {
		return slog.String("brand_id", a.BrandID)
	}
	return slog.String("mchid", a.MchID)
}

// NewSlogObserver logs every attempt to l, or to slog.Default() if l is nil: successes at level
// Debug, failures at Warn.
func NewSlogObserver(l *slog.Logger) Observer { return &slogObserver{l} }

type slogObserver struct{ l *slog.Logger }

func (o *slogObserver) Begin(ctx context.Context, a Attempt) (context.Context, func(Outcome)) {
	return ctx, func(out Outcome) {
		l, level := o.l, slog.LevelDebug
		if l == nil {
			l = slog.Default()
		}
		if out.Err != nil {
			level = slog.LevelWarn
		}
		if !l.Enabled(ctx, level) {
			return
		}
		attrs := []slog.Attr{
			slog.String("operation", a.Operation), slog.String("method", a.Method),
			slog.String("path", a.Path),
			slog.String("host", a.Host), a.caller(), slog.Int("attempt", a.Number),
			slog.Int("status", out.StatusCode), slog.String("request_id", oneLine(out.RequestID)),
			slog.Duration("duration", out.Duration),
		}
		if out.Err != nil {
			attrs = append(attrs, slog.String("code", oneLine(out.Code)),
				slog.String("error", out.Err.Error()))
		}
		l.LogAttrs(ctx, level, "wechat pay", attrs...)
	}
}
