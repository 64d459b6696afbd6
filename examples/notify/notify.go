// Package notify serves WeChat Pay's notifications behind net/http and four web frameworks. It is a
// module of its own, so that none of them is a dependency of wxgen.
package notify

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/adaptor"
	"github.com/labstack/echo/v4"

	"github.com/wxgen/wxgen/wxpay"
)

// Handler marks orders as paid, each once. With the generated package webhook, registration is
// typed: mux.TransactionSuccess(func(ctx context.Context, ev *webhook.TransactionSuccessEvent)
// error { … }).
func Handler(client *wxpay.Client,
	paid func(ctx context.Context, outTradeNo string) error) http.Handler {
	var mux wxpay.NotificationMux
	mux.Handle("TRANSACTION.SUCCESS", func(ctx context.Context, ev *wxpay.Event) error {
		var order struct {
			OutTradeNo string `json:"out_trade_no"`
		}
		if err := ev.Decode(&order, nil); err != nil {
			return err
		}
		return paid(ctx, order.OutTradeNo)
	})
	mux.Fallback(func(ctx context.Context, ev *wxpay.Event) error {
		slog.InfoContext(ctx, "not handled", "event", ev)
		return nil
	})
	return client.NotificationHandler(&mux,
		wxpay.WithSeen(wxpay.NewMemorySeen(100_000, 48*time.Hour, nil)))
}

// Standard serves with net/http.
func Standard(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /notify", h)
	return mux
}

// Gin serves with gin.
func Gin(h http.Handler) http.Handler {
	r := gin.New()
	r.POST("/notify", gin.WrapH(h))
	return r
}

// Echo serves with echo.
func Echo(h http.Handler) http.Handler {
	e := echo.New()
	e.POST("/notify", echo.WrapHandler(h))
	return e
}

// Chi serves with chi.
func Chi(h http.Handler) http.Handler {
	r := chi.NewRouter()
	r.Method(http.MethodPost, "/notify", h)
	return r
}

// Fiber serves with fiber.
func Fiber(h http.Handler) *fiber.App {
	app := fiber.New()
	app.Post("/notify", adaptor.HTTPHandler(h))
	return app
}

// FiberByHand parses in a fiber handler, without an http.Handler.
func FiberByHand(client *wxpay.Client,
	paid func(ctx context.Context, ev *wxpay.Event) error) *fiber.App {
	app := fiber.New()
	app.Post("/notify", func(c fiber.Ctx) error {
		ev, err := client.ParseNotification(c.Context(), http.Header(c.GetReqHeaders()), c.Body())
		if err != nil {
			slog.ErrorContext(c.Context(), "notification refused", "error", err)
			return c.Status(fiber.StatusUnauthorized).
				JSON(fiber.Map{"code": "FAIL", "message": "not verified"})
		}
		if err := paid(c.Context(), ev); err != nil {
			return c.Status(fiber.StatusInternalServerError).
				JSON(fiber.Map{"code": "FAIL", "message": "try again"})
		}
		return c.SendStatus(fiber.StatusNoContent)
	})
	return app
}
