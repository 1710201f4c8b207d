// libsanitize for C++17: RAII over sanitize.h, header only.
//
// Handles are moved, not copied, and freed when they go out of scope. A failure is a sanitize::error; a rejection is
// an outcome without bytes. Exceptions of callbacks are carried through the library and thrown again on this side.
//
// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SANITIZE_HPP
#define SANITIZE_HPP

#include <cstdint>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sanitize.h"

namespace sanitize {

/// A call failed. what() says why.
class error : public std::runtime_error {
public:
    explicit error(sanitize_status status)
        : std::runtime_error(std::string(sanitize_status_text(static_cast<int32_t>(status))) + ": " + sanitize_last_error()),
          status_(status) {}

    sanitize_status status() const noexcept { return status_; }

private:
    sanitize_status status_;
};

namespace detail {

inline void check(sanitize_status status) {
    if (status != SANITIZE_STATUS_OK) {
        throw error(status);
    }
}

/// Owns one handle.
template <typename Handle, sanitize_status (*Free)(Handle *)>
class owner {
public:
    explicit owner(Handle *handle = nullptr) noexcept : handle_(handle) {}
    owner(owner &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    owner &operator=(owner &&other) noexcept {
        if (this != &other) {
            Free(handle_);
            handle_ = std::exchange(other.handle_, nullptr);
        }
        return *this;
    }
    owner(const owner &) = delete;
    owner &operator=(const owner &) = delete;
    ~owner() { Free(handle_); }

    Handle *get() const noexcept { return handle_; }

private:
    Handle *handle_;
};

}  // namespace detail

/// A flag with which another thread ends a call.
class cancel {
public:
    cancel() : handle_(sanitize_cancel_new()) {}
    void set() { detail::check(sanitize_cancel_set(handle_.get())); }
    const sanitize_cancel *get() const noexcept { return handle_.get(); }

private:
    detail::owner<sanitize_cancel, sanitize_cancel_free> handle_;
};

/// What belongs to one call.
class options {
public:
    options() : handle_(sanitize_options_new()) {}

    options &password(std::string_view password) {
        auto bytes = reinterpret_cast<const uint8_t *>(password.data());
        detail::check(sanitize_options_password(handle_.get(), bytes, password.size()));
        return *this;
    }
    options &cancelled_by(const cancel &cancel) {
        detail::check(sanitize_options_cancel(handle_.get(), cancel.get()));
        return *this;
    }
    options &replace(bool replace) {
        detail::check(sanitize_options_replace(handle_.get(), replace));
        return *this;
    }
    options &sync(bool sync) {
        detail::check(sanitize_options_sync(handle_.get(), sync));
        return *this;
    }
    const sanitize_options *get() const noexcept { return handle_.get(); }

private:
    detail::owner<sanitize_options, sanitize_options_free> handle_;
};

/// What became of an input. Everything it returns by view or pointer lives as long as it does.
class outcome {
public:
    explicit outcome(sanitize_outcome *handle) noexcept : handle_(handle) {}

    /// True where there is a new file.
    bool delivered() const noexcept {
        auto verdict = this->verdict();
        return verdict == SANITIZE_VERDICT_CLEAN || verdict == SANITIZE_VERDICT_SANITIZED;
    }
    sanitize_verdict verdict() const noexcept { return sanitize_outcome_verdict(handle_.get()); }
    /// The new file; empty where the input was rejected, which delivered() tells from an empty file.
    std::string_view bytes() const noexcept {
        size_t length = 0;
        auto bytes = sanitize_outcome_bytes(handle_.get(), &length);
        return {reinterpret_cast<const char *>(bytes), length};
    }
    std::string_view reason() const noexcept { return sanitize_outcome_reason(handle_.get()); }
    std::string_view threat() const noexcept { return sanitize_outcome_threat(handle_.get()); }
    std::string_view message() const noexcept { return sanitize_outcome_message(handle_.get()); }
    std::string_view limit() const noexcept { return sanitize_outcome_limit(handle_.get()); }
    std::string_view name() const noexcept { return sanitize_outcome_name(handle_.get()); }
    std::string_view format() const noexcept { return sanitize_outcome_format(handle_.get()); }
    std::string_view extension() const noexcept { return sanitize_outcome_extension(handle_.get()); }
    std::string_view media_type() const noexcept { return sanitize_outcome_media_type(handle_.get()); }
    std::string_view report_json() const noexcept { return sanitize_outcome_report_json(handle_.get()); }

    std::vector<sanitize_finding> findings() const {
        std::vector<sanitize_finding> findings(sanitize_outcome_finding_count(handle_.get()));
        for (size_t index = 0; index < findings.size(); index++) {
            findings[index].size = sizeof(sanitize_finding);
            detail::check(sanitize_outcome_finding(handle_.get(), index, &findings[index]));
        }
        return findings;
    }
    uint64_t findings_not_listed() const noexcept { return sanitize_outcome_findings_not_listed(handle_.get()); }

private:
    detail::owner<sanitize_outcome, sanitize_outcome_free> handle_;
};

/// Reads: fills the front of a buffer and returns how much, 0 at the end.
using reader = std::function<size_t(uint8_t *buffer, size_t length)>;
/// Writes all of a piece.
using writer = std::function<void(const uint8_t *bytes, size_t length)>;

/// Rebuilds files by one policy. Any number of threads may use one engine at a time.
class engine {
public:
    explicit engine(sanitize_engine *handle) noexcept : handle_(handle) {}

    outcome buffer(std::string_view bytes, const char *name, const options *options = nullptr) const {
        sanitize_outcome *made = nullptr;
        auto start = reinterpret_cast<const uint8_t *>(bytes.data());
        auto status = sanitize_buffer(handle_.get(), start, bytes.size(), name, pointer(options), &made);
        return take(status, made);
    }
    outcome file(const char *input, const char *output, const options *options = nullptr) const {
        sanitize_outcome *made = nullptr;
        return take(sanitize_file(handle_.get(), input, output, pointer(options), &made), made);
    }
    outcome stream(const reader &read, const writer &write, const char *name, const options *options = nullptr) const {
        // No exception may pass through the library: it waits here for the way back.
        context<reader> source{read, nullptr};
        context<writer> sink{write, nullptr};
        sanitize_outcome *made = nullptr;
        auto status = sanitize_stream(handle_.get(), read_piece, &source, write_piece, &sink, name, pointer(options), &made);
        outcome result(made);
        for (auto &thrown : {source.thrown, sink.thrown}) {
            if (thrown) {
                std::rethrow_exception(thrown);
            }
        }
        expect_outcome(status);
        return result;
    }

private:
    template <typename Callback>
    struct context {
        const Callback &call;
        std::exception_ptr thrown;
    };

    static ptrdiff_t read_piece(void *pointer, uint8_t *buffer, size_t length) noexcept {
        auto source = static_cast<context<reader> *>(pointer);
        try {
            return static_cast<ptrdiff_t>(source->call(buffer, length));
        } catch (...) {
            source->thrown = std::current_exception();
            return -1;
        }
    }
    static int32_t write_piece(void *pointer, const uint8_t *bytes, size_t length) noexcept {
        auto sink = static_cast<context<writer> *>(pointer);
        try {
            sink->call(bytes, length);
            return 0;
        } catch (...) {
            sink->thrown = std::current_exception();
            return -1;
        }
    }
    static const sanitize_options *pointer(const options *options) noexcept {
        return options == nullptr ? nullptr : options->get();
    }
    static void expect_outcome(sanitize_status status) {
        if (status != SANITIZE_STATUS_OK && status != SANITIZE_STATUS_REJECTED) {
            throw error(status);
        }
    }
    static outcome take(sanitize_status status, sanitize_outcome *made) {
        expect_outcome(status);
        return outcome(made);
    }

    detail::owner<sanitize_engine, sanitize_engine_free> handle_;
};

/// The passwords that the texts of a mail give, for encrypted files in a mail that comes later: at most a dozen. Hand each to
/// options::password() for mails of the same sender, and forget them in time.
inline std::vector<std::string> mail_passwords(std::string_view mail) {
    std::vector<std::string> found;
    // No exception may pass through the library: it waits here for the way back.
    struct context {
        std::vector<std::string> &found;
        std::exception_ptr thrown;
    } context{found, nullptr};
    auto take = [](void *pointer, const uint8_t *bytes, size_t length) noexcept -> int32_t {
        auto context = static_cast<struct context *>(pointer);
        try {
            context->found.emplace_back(reinterpret_cast<const char *>(bytes), length);
            return 0;
        } catch (...) {
            context->thrown = std::current_exception();
            return -1;
        }
    };
    auto start = reinterpret_cast<const uint8_t *>(mail.data());
    auto status = sanitize_mail_passwords(start, mail.size(), take, &context);
    if (context.thrown) {
        std::rethrow_exception(context.thrown);
    }
    detail::check(status);
    return found;
}

/// Makes an engine.
class builder {
public:
    builder() : handle_(sanitize_builder_new()) {}

    builder &preset(const char *preset) {
        detail::check(sanitize_builder_preset(handle_.get(), preset));
        return *this;
    }
    builder &policy_toml(const char *policy) {
        detail::check(sanitize_builder_policy_toml(handle_.get(), policy));
        return *this;
    }
    builder &policy_json(const char *policy) {
        detail::check(sanitize_builder_policy_json(handle_.get(), policy));
        return *this;
    }
    builder &policy_file(const char *path) {
        detail::check(sanitize_builder_policy_file(handle_.get(), path));
        return *this;
    }
    builder &limit(const char *name, uint64_t value) {
        detail::check(sanitize_builder_limit(handle_.get(), name, value));
        return *this;
    }
    builder &password(std::string_view password) {
        auto bytes = reinterpret_cast<const uint8_t *>(password.data());
        detail::check(sanitize_builder_password(handle_.get(), bytes, password.size()));
        return *this;
    }
    builder &threads(size_t threads) {
        detail::check(sanitize_builder_threads(handle_.get(), threads));
        return *this;
    }
    builder &log(sanitize_log_callback log, void *context) {
        detail::check(sanitize_builder_log(handle_.get(), log, context));
        return *this;
    }
    engine build() const {
        if (sanitize_abi_version() != SANITIZE_ABI_VERSION) {
            throw std::runtime_error("libsanitize has another interface than the program was built for");
        }
        sanitize_engine *made = nullptr;
        detail::check(sanitize_builder_build(handle_.get(), &made));
        return engine(made);
    }

private:
    detail::owner<sanitize_builder, sanitize_builder_free> handle_;
};

}  // namespace sanitize

#endif  // SANITIZE_HPP
