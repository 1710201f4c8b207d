// Cleans one file into another through streams and prints the report:
//
//     c++ -std=c++17 clean.cpp $(pkg-config --cflags --libs sanitize) -o clean
//     ./clean plan.docm plan.docx
//     ./clean mail.eml clean.eml mail-with-the-password.eml
//
// What the third file, an earlier mail, gives as passwords is tried on what is encrypted in the first one.
// Ends with 0 where there is a new file, with 1 where the input was rejected, with 2 where something failed.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <sanitize.hpp>

static std::string name_of(const std::string &path) {
    auto slash = path.find_last_of('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

static sanitize::options passwords_of(const char *earlier) {
    sanitize::options options;
    if (earlier != nullptr) {
        std::ifstream file(earlier, std::ios::binary);
        std::string mail{std::istreambuf_iterator<char>(file), {}};
        for (const auto &password : sanitize::mail_passwords(mail)) {
            options.password(password);
        }
    }
    return options;
}

static int clean(const char *input, const std::string &output, const char *earlier) {
    auto options = passwords_of(earlier);
    auto engine = sanitize::builder().preset("default").limit("timeout-ms", 30000).build();

    std::ifstream source(input, std::ios::binary);
    if (!source) {
        throw std::runtime_error("the input cannot be opened");
    }
    auto read = [&](uint8_t *buffer, size_t length) {
        source.read(reinterpret_cast<char *>(buffer), static_cast<std::streamsize>(length));
        if (source.bad()) {
            throw std::runtime_error("the input cannot be read");
        }
        return static_cast<size_t>(source.gcount());
    };
    // What fails while it is written is no file: it gets its name when it is whole.
    auto unnamed = output + ".part";
    std::ofstream sink(unnamed, std::ios::binary);
    auto write = [&](const uint8_t *bytes, size_t length) {
        if (!sink.write(reinterpret_cast<const char *>(bytes), static_cast<std::streamsize>(length))) {
            throw std::runtime_error("the output cannot be written");
        }
    };
    auto outcome = engine.stream(read, write, name_of(input).c_str(), &options);
    sink.close();
    if (!outcome.delivered() || !sink) {
        std::remove(unnamed.c_str());
    } else if (std::rename(unnamed.c_str(), output.c_str()) != 0) {
        throw std::runtime_error("the output cannot be named");
    }
    std::cout << outcome.report_json() << '\n';
    for (const auto &finding : outcome.findings()) {
        std::cerr << finding.place << ": " << finding.summary << " (" << finding.threat << ")\n";
    }
    return outcome.delivered() ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc != 3 && argc != 4) {
        std::cerr << "usage: clean INPUT OUTPUT [EARLIER-MAIL]\n";
        return 2;
    }
    try {
        return clean(argv[1], argv[2], argc == 4 ? argv[3] : nullptr);
    } catch (const std::exception &error) {
        std::cerr << argv[1] << ": " << error.what() << '\n';
        return 2;
    }
}
